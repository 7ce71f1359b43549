#include <ATen/autocast_mode.h>
#include <c10/core/GradMode.h>
#include <c10/core/InferenceMode.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/function.h>
#include <torch/csrc/autograd/functions/utils.h>
#include <torch/csrc/autograd/saved_variable.h>

#include <memory>
#include <vector>

#include "internal.h"

struct RtScope {
  std::unique_ptr<c10::InferenceMode> inference;
  at::DeviceType device = at::kCPU;
  bool was_enabled = false;
  at::ScalarType was_dtype = at::kBFloat16;
};

struct RtGradients { torch::autograd::variable_list values; };

namespace {

// A function that was computed outside libtorch: knows its inputs, and whom to ask for their gradients.
class OutsideFunction : public torch::autograd::Node {
 public:
  OutsideFunction(const std::vector<at::Tensor>& inputs, RtBackward backward, std::shared_ptr<void> context)
      : backward_(backward), context_(std::move(context)) {
    for (const auto& input : inputs) inputs_.emplace_back(input, /*is_output=*/false);
  }

  std::string name() const override { return "OutsideFunction"; }

  void release_variables() override {
    for (auto& input : inputs_) input.reset_data();
  }

  torch::autograd::variable_list apply(torch::autograd::variable_list&& outer) override {
    RtGradients gradients;
    gradients.values.resize(inputs_.size());
    if (!outer[0].defined()) return std::move(gradients.values);
    TORCH_CHECK(!c10::GradMode::is_enabled(), "this function has first derivatives only");
    std::vector<RtTensor*> inputs;
    std::vector<uint8_t> wanted;
    std::vector<at::Tensor> unpacked;
    for (size_t i = 0; i < inputs_.size(); i++) {
      unpacked.push_back(inputs_[i].unpack());
      wanted.push_back(task_should_compute_output(i) ? 1 : 0);
    }
    // Nothing below throws before the callee owns the handles.
    for (auto& tensor : unpacked) inputs.push_back(rt::own(std::move(tensor)));
    if (backward_(context_.get(), rt::own(std::move(outer[0])), inputs.data(), wanted.data(), static_cast<int32_t>(inputs.size()), &gradients) != 0)
      throw std::runtime_error("a function outside libtorch failed");
    return std::move(gradients.values);
  }

 private:
  std::vector<torch::autograd::SavedVariable> inputs_;
  RtBackward backward_;
  std::shared_ptr<void> context_;
};

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

int rt_record(const RtTensor* result, const RtTensor* const* handles, int32_t count, RtBackward backward, void (*release)(void*), void* context, RtTensor** recorded) {
  RT_BEGIN
  rt::require(release != nullptr, "nobody frees the context");
  std::shared_ptr<void> owned(context, release);
  rt::require(recorded != nullptr, "no place for the answer");
  rt::require(backward != nullptr && (count == 0 || handles != nullptr), "a function or its inputs are null");
  std::vector<at::Tensor> inputs;
  bool required = false;
  for (int32_t i = 0; i < count; i++) {
    inputs.push_back(rt::get(handles[i]));
    required = required || inputs.back().requires_grad();
  }
  *recorded = nullptr;
  if (!required || !c10::GradMode::is_enabled()) return 0;
  // A tensor of its own, not a view: later operators may change it in place.
  auto output = rt::get(result).variable_data();
  const auto function = std::shared_ptr<OutsideFunction>(new OutsideFunction(inputs, backward, std::move(owned)), torch::autograd::deleteNode);
  function->set_next_edges(torch::autograd::collect_next_edges(inputs));
  torch::autograd::set_history(output, function);
  *recorded = rt::own(std::move(output));
  RT_END
}

int rt_give_gradient(RtGradients* gradients, int32_t index, const RtTensor* gradient) {
  RT_BEGIN
  rt::require(gradients != nullptr && index >= 0 && index < static_cast<int32_t>(gradients->values.size()), "there is no such input");
  gradients->values[static_cast<size_t>(index)] = rt::get(gradient);
  RT_END
}

int rt_modes(int32_t* modes) {
  RT_BEGIN
  rt::require(modes != nullptr, "no place for the answer");
  *modes = (c10::GradMode::is_enabled() ? 1 : 0) | (autocast_enabled(at::kCPU) ? 2 : 0);
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
