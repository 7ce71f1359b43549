#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/Version.h>

#include <mutex>

#include "internal.h"

const char* rt_version() { return TORCH_VERSION; }

const char* rt_config() {
  static const std::string text = at::show_config();
  return text.c_str();
}

int rt_cuda_count(int32_t* count) {
  RT_BEGIN
  rt::require(count != nullptr, "no place for the answer");
  *count = at::hasCUDA() ? static_cast<int32_t>(at::getNumGPUs()) : 0;
  RT_END
}

int rt_set_threads(int32_t count) {
  RT_BEGIN
  rt::require(count >= 1, "a thread count is at least 1");
  at::set_num_threads(count);
  RT_END
}

int rt_get_threads(int32_t* count) {
  RT_BEGIN
  rt::require(count != nullptr, "no place for the answer");
  *count = at::get_num_threads();
  RT_END
}

int rt_seed(uint64_t seed) {
  RT_BEGIN
  at::manual_seed(seed);
  RT_END
}

int rt_generator_state(int32_t device, RtTensor** state) {
  RT_BEGIN
  rt::require(state != nullptr, "no place for the answer");
  auto generator = at::globalContext().defaultGenerator(rt::decode_device(device));
  std::lock_guard<std::mutex> lock(generator.mutex());
  *state = rt::own(generator.get_state());
  RT_END
}

int rt_set_generator_state(int32_t device, const RtTensor* state) {
  RT_BEGIN
  auto generator = at::globalContext().defaultGenerator(rt::decode_device(device));
  std::lock_guard<std::mutex> lock(generator.mutex());
  generator.set_state(rt::get(state));
  RT_END
}

int rt_flush_denormals(int32_t enabled) {
  RT_BEGIN
  rt::require(at::globalContext().setFlushDenormal(enabled != 0), "this processor cannot flush denormal numbers to zero");
  RT_END
}
