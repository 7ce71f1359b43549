#include <ATen/autocast_mode.h>
#include <c10/core/GradMode.h>
#include <c10/core/InferenceMode.h>
#include <torch/csrc/autograd/autograd.h>

#include <memory>

#include "internal.h"

struct RtScope {
  std::unique_ptr<c10::InferenceMode> inference;
  at::DeviceType device = at::kCPU;
  bool was_enabled = false;
  at::ScalarType was_dtype = at::kBFloat16;
};

namespace {

// PyTorch 2.4 gave the two device-specific sets of functions one name.
bool autocast_enabled(at::DeviceType device) {
#if RT_TORCH_AT_LEAST(2, 4)
  return at::autocast::is_autocast_enabled(device);
#else
  return device == at::kCPU ? at::autocast::is_cpu_enabled() : at::autocast::is_enabled();
#endif
}

at::ScalarType autocast_dtype(at::DeviceType device) {
#if RT_TORCH_AT_LEAST(2, 4)
  return at::autocast::get_autocast_dtype(device);
#else
  return device == at::kCPU ? at::autocast::get_autocast_cpu_dtype() : at::autocast::get_autocast_gpu_dtype();
#endif
}

void set_autocast(at::DeviceType device, bool enabled, at::ScalarType dtype) {
#if RT_TORCH_AT_LEAST(2, 4)
  at::autocast::set_autocast_enabled(device, enabled);
  at::autocast::set_autocast_dtype(device, dtype);
#else
  if (device == at::kCPU) {
    at::autocast::set_cpu_enabled(enabled);
    at::autocast::set_autocast_cpu_dtype(dtype);
  } else {
    at::autocast::set_enabled(enabled);
    at::autocast::set_autocast_gpu_dtype(dtype);
  }
#endif
}

}  // namespace

int rt_set_requires_grad(const RtTensor* handle, int32_t required) {
  RT_BEGIN
  const auto& tensor = rt::get(handle);
  rt::require(tensor.is_leaf() || required != 0, "only a tensor that no recorded operation made can stop requiring gradients; detach it");
  tensor.set_requires_grad(required != 0);
  RT_END
}

int rt_gradient(const RtTensor* handle, RtTensor** gradient) {
  RT_BEGIN
  rt::require(gradient != nullptr, "no place for the answer");
  *gradient = rt::own(rt::get(handle).grad());
  RT_END
}

int rt_set_gradient(const RtTensor* handle, const RtTensor* gradient) {
  RT_BEGIN
  const auto& tensor = rt::get(handle);
  if (gradient != nullptr) {
    // What PyTorch's Python side checks: accumulation and optimizers rely on it.
    const auto& values = gradient->tensor;
    rt::require(!values.is_same(tensor), "a tensor cannot be its own gradient");
    TORCH_CHECK(values.scalar_type() == tensor.scalar_type(), "the gradient is ", values.scalar_type(), ", the tensor ", tensor.scalar_type());
    TORCH_CHECK(values.device() == tensor.device(), "the gradient is on ", values.device(), ", the tensor on ", tensor.device());
    TORCH_CHECK(values.sizes() == tensor.sizes(), "the gradient is ", values.sizes(), ", the tensor ", tensor.sizes());
  }
  tensor.mutable_grad() = gradient == nullptr ? at::Tensor() : gradient->tensor;
  RT_END
}

int rt_set_data(const RtTensor* handle, const RtTensor* data) {
  RT_BEGIN
  rt::get(handle).set_data(rt::get(data));
  RT_END
}

int rt_backward(const RtTensor* handle, const RtTensor* gradient, int32_t retain_graph, int32_t create_graph) {
  RT_BEGIN
  const rt::CallMode mode;
  torch::autograd::variable_list gradients;
  if (gradient != nullptr) gradients.push_back(gradient->tensor);
  torch::autograd::backward({rt::get(handle)}, gradients, retain_graph != 0, create_graph != 0);
  RT_END
}

int rt_set_grad_mode(int32_t enabled, int32_t* before) {
  RT_BEGIN
  if (before != nullptr) *before = c10::GradMode::is_enabled() ? 1 : 0;
  c10::GradMode::set_enabled(enabled != 0);
  RT_END
}

int rt_inference_begin(RtScope** scope) {
  RT_BEGIN
  rt::require(scope != nullptr, "no place for the answer");
  auto made = std::make_unique<RtScope>();
  made->inference = std::make_unique<c10::InferenceMode>(true);
  *scope = made.release();
  RT_END
}

int rt_inference_end(RtScope* scope) {
  RT_BEGIN
  delete scope;
  RT_END
}

int rt_autocast_begin(int32_t device_type, int32_t dtype, RtScope** scope) {
  RT_BEGIN
  rt::require(scope != nullptr, "no place for the answer");
  const auto device = rt::decode_device(static_cast<int64_t>(device_type) * 256).type();
  rt::require(device == at::kCPU || device == at::kCUDA, "autocast is for the processor and CUDA");
  const auto type = rt::scalar_type(dtype);
  rt::require(type == at::kBFloat16 || type == at::kHalf, "autocast computes in BFloat16 or Float16");
  auto made = std::make_unique<RtScope>();
  made->device = device;
  made->was_enabled = autocast_enabled(device);
  made->was_dtype = autocast_dtype(device);
  at::autocast::increment_nesting();
  set_autocast(device, true, type);
  *scope = made.release();
  RT_END
}

int rt_autocast_end(RtScope* scope) {
  RT_BEGIN
  rt::require(scope != nullptr, "the scope is null");
  const std::unique_ptr<RtScope> owned(scope);
  // Cast copies of the weights live as long as the outermost scope.
  if (at::autocast::decrement_nesting() == 0) at::autocast::clear_cache();
  set_autocast(owned->device, owned->was_enabled, owned->was_dtype);
  RT_END
}
