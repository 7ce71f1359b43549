// What every source file shares: handles, and the one error path.
#pragma once
#include <ATen/ATen.h>
#include <torch/version.h>

#include <exception>
#include <stdexcept>
#include <string>

#include "rhytid_torch.h"

#define RT_TORCH_AT_LEAST(major, minor) \
  (TORCH_VERSION_MAJOR > (major) || (TORCH_VERSION_MAJOR == (major) && TORCH_VERSION_MINOR >= (minor)))

struct RtTensor { at::Tensor tensor; };
struct RtObject { c10::IValue value; };

namespace rt {

void set_error(const char* message);
int fail(const std::exception& error);  // stores the message, returns 1

inline void require(bool condition, const char* message) {
  if (!condition) throw std::invalid_argument(message);
}

inline const at::Tensor& get(const RtTensor* handle) {
  require(handle != nullptr, "a tensor handle is null");
  return handle->tensor;
}

// An undefined tensor is a null handle on the other side.
inline RtTensor* own(at::Tensor tensor) {
  return tensor.defined() ? new RtTensor{std::move(tensor)} : nullptr;
}

inline int32_t encode_device(const at::Device& device) {
  return static_cast<int32_t>(device.type()) * 256 + (device.index() + 1);
}

inline at::Device decode_device(int64_t code) {
  require(code >= 0 && code < 256 * static_cast<int64_t>(c10::COMPILE_TIME_MAX_DEVICE_TYPES) && code % 256 <= 128, "unknown device");
  return at::Device(static_cast<at::DeviceType>(code / 256), static_cast<c10::DeviceIndex>(code % 256 - 1));
}

inline at::ScalarType scalar_type(int32_t code) {
  require(code >= 0 && code < static_cast<int32_t>(at::ScalarType::NumOptions) && code != static_cast<int32_t>(at::ScalarType::Undefined),
      "unknown element type");
  return static_cast<at::ScalarType>(code);
}

// The runtime's settings hold while libtorch computes, whichever thread calls. libtorch itself keeps both per thread: a thread
// that computed before would keep its old count, and a caller's own arithmetic would lose its smallest numbers.
class CallMode {
 public:
  CallMode();
  ~CallMode();
  CallMode(const CallMode&) = delete;
  CallMode& operator=(const CallMode&) = delete;

 private:
  unsigned control_;
};

}  // namespace rt

// Wraps a function's body: every C++ exception becomes a status and a message.
#define RT_BEGIN try {
#define RT_END                                                                 \
  return 0;                                                                    \
  }                                                                            \
  catch (const std::exception& error) { return rt::fail(error); }              \
  catch (...) { rt::set_error("unknown error in native code"); return 1; }
