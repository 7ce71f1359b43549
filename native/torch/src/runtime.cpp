#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/Version.h>

#include <atomic>
#include <mutex>

#if defined(__x86_64__)
#include <xmmintrin.h>
#endif

#include "internal.h"

namespace {

std::atomic<int32_t> wanted_threads{0};  // 0: libtorch's own choice
std::atomic<bool> flush_denormals{false};
thread_local int32_t own_threads = 0;  // 0: as all
thread_local int32_t applied_threads = 0;  // 0: none yet

void apply_threads() {
  static const int32_t usual = at::get_num_threads();
  int32_t wanted = own_threads != 0 ? own_threads : wanted_threads.load();
  if (wanted == 0) wanted = usual;
  if (wanted == applied_threads) return;
  // A thread's first parallel operator takes over the number that any thread set last: have that behind us.
  if (applied_threads == 0) at::get_num_threads();
  at::set_num_threads(wanted);
  applied_threads = wanted;
}

unsigned float_control() {
#if defined(__x86_64__)
  return _mm_getcsr();
#else
  return 0;
#endif
}

void set_float_control([[maybe_unused]] unsigned control) {
#if defined(__x86_64__)
  _mm_setcsr(control);
#endif
}

}  // namespace

namespace rt {

CallMode::CallMode() : control_(float_control()) {
  apply_threads();
  constexpr unsigned flush_to_zero = 0x8000, denormals_are_zero = 0x0040;
  if (flush_denormals) set_float_control(control_ | flush_to_zero | denormals_are_zero);
}

CallMode::~CallMode() { set_float_control(control_); }

}  // namespace rt

const char* rt_version() { return TORCH_VERSION; }

const char* rt_config() {
  static const std::string text = at::show_config();
  return text.c_str();
}

int rt_built_for_cuda(int32_t* built) {
  RT_BEGIN
  rt::require(built != nullptr, "no place for the answer");
  *built = at::Context::hasCUDART() ? 1 : 0;
  RT_END
}

int rt_cuda_count(int32_t* count) {
  RT_BEGIN
  rt::require(count != nullptr, "no place for the answer");
  *count = at::hasCUDA() ? static_cast<int32_t>(at::getNumGPUs()) : 0;
  RT_END
}

int rt_set_threads(int32_t count) {
  RT_BEGIN
  // OpenMP ends the process when the system refuses it a thread.
  rt::require(count >= 1 && count <= 1024, "a thread count lies between 1 and 1024");
  wanted_threads = count;
  apply_threads();
  RT_END
}

int rt_set_own_threads(int32_t count) {
  RT_BEGIN
  rt::require(count >= 0 && count <= 1024, "a thread count lies between 1 and 1024, 0 for that of all");
  own_threads = count;
  apply_threads();
  RT_END
}

int rt_get_threads(int32_t* count) {
  RT_BEGIN
  rt::require(count != nullptr, "no place for the answer");
  apply_threads();
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
  const auto control = float_control();
  const bool able = at::globalContext().setFlushDenormal(enabled != 0);
  set_float_control(control);
  rt::require(able, "this processor cannot flush denormal numbers to zero");
  flush_denormals = enabled != 0;
  RT_END
}
