#include "internal.h"

int rt_info(const RtTensor* handle, RtInfo* info, int64_t* sizes, int64_t* strides, int32_t capacity) {
  RT_BEGIN
  const auto& tensor = rt::get(handle);
  rt::require(info != nullptr, "no place for the answer");
  const bool opaque = tensor.is_mkldnn() || tensor.is_sparse();
  info->dtype = static_cast<int32_t>(tensor.scalar_type());
  info->device = rt::encode_device(tensor.device());
  info->dimensions = static_cast<int32_t>(tensor.dim());
  info->flags = (tensor.requires_grad() ? 1 : 0) | (tensor.is_leaf() ? 2 : 0) | (!opaque && tensor.is_contiguous() ? 4 : 0) |
      (!tensor.is_inference() && tensor.is_leaf() && tensor.grad().defined() ? 8 : 0) | (opaque ? 16 : 0) |
      (!opaque && tensor.dim() == 4 && tensor.is_contiguous(at::MemoryFormat::ChannelsLast) ? 32 : 0);
  rt::require(info->dimensions <= capacity, "a tensor has too many dimensions");
  for (int32_t i = 0; i < info->dimensions; i++) {
    sizes[i] = tensor.size(i);
    strides[i] = opaque ? 0 : tensor.stride(i);
  }
  RT_END
}

int rt_data(const RtTensor* handle, void** data) {
  RT_BEGIN
  rt::require(data != nullptr, "no place for the answer");
  const auto& tensor = rt::get(handle);
  *data = tensor.data_ptr();
  // Tensors that only describe themselves (the meta device, zeros that are never stored) have elements but no memory.
  rt::require(*data != nullptr || tensor.numel() == 0, "the tensor has no memory");
  rt::require(!tensor.is_neg() && !tensor.is_conj(), "the tensor's memory holds other values than the tensor");
  RT_END
}

int rt_from_memory(void* data, const int64_t* sizes, int32_t dimensions, int32_t dtype, void (*release)(void*), void* context, RtTensor** result) {
  RT_BEGIN
  rt::require(result != nullptr, "no place for the answer");
  rt::require(dimensions >= 0 && (dimensions == 0 || sizes != nullptr), "the shape is null");
  const auto options = at::TensorOptions().dtype(rt::scalar_type(dtype));
  const at::IntArrayRef shape(sizes, static_cast<size_t>(dimensions));
  for (const auto size : shape) rt::require(size >= 0, "a size is negative");
  *result = rt::own(release == nullptr
      ? at::from_blob(data, shape, options)
      : at::from_blob(data, shape, [release, context](void*) { release(context); }, options));
  RT_END
}

void rt_free(RtTensor* tensor) { delete tensor; }
