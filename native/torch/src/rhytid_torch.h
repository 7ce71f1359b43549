// C interface over libtorch: any operator through the dispatcher, tensors, automatic differentiation, the runtime.
//
// Rules that every function keeps:
//  - it returns 0 on success and 1 on failure; the message is in rt_last_error() of the same thread;
//  - no exception leaves it, and a null handle is an error like any other;
//  - handles it returns are owned by the caller and freed by the function named beside them.
#pragma once
#include <cstddef>
#include <cstdint>

#define RT_API extern "C" __attribute__((visibility("default")))

struct RtTensor;    // one reference to a tensor
struct RtObject;    // one reference to anything else an operator returned (packed weights)
struct RtOperator;  // an entry of the dispatcher's table; lives as long as the process
struct RtScope;     // a thread's former mode, to be restored
struct RtGroup;     // one process's membership in a group of processes

enum RtTag : int32_t {
  RT_NONE = 0,
  RT_TENSOR = 1,
  RT_INT = 2,         // also element types, memory formats, layouts
  RT_DOUBLE = 3,
  RT_BOOL = 4,
  RT_INTS = 5,
  RT_DOUBLES = 6,
  RT_BOOLS = 7,       // one byte each
  RT_TENSORS = 8,     // null handles are absent tensors
  RT_STRING = 9,      // UTF-8, `size` bytes
  RT_DEVICE = 10,     // integer: type * 256 + (index + 1)
  RT_OBJECT = 11,
};

// One argument or result of an operator. Lists and strings are `size` elements at `pointer`.
struct RtValue {
  int32_t tag;
  int32_t size;
  union {
    int64_t integer;
    double real;
    const void* pointer;
  };
};

// ---- errors, versions, runtime ----------------------------------------------------------------------------------
RT_API const char* rt_last_error();
RT_API const char* rt_version();
RT_API const char* rt_config();          // how libtorch was built and which instructions it uses, several lines
RT_API int rt_built_for_cuda(int32_t* built);      // also where no device is
RT_API int rt_cuda_count(int32_t* count);
RT_API int rt_set_threads(int32_t count);          // for every thread that calls
RT_API int rt_set_own_threads(int32_t count);      // for the thread that calls; 0: that of all again
RT_API int rt_get_threads(int32_t* count);
RT_API int rt_seed(uint64_t seed);
RT_API int rt_generator_state(int32_t device, RtTensor** state);
RT_API int rt_set_generator_state(int32_t device, const RtTensor* state);
RT_API int rt_flush_denormals(int32_t enabled);    // inside this library's calls only

// How many bytes of freed tensors are kept for the next ones; 0 gives all back to the system.
RT_API int rt_keep_memory(int64_t bytes);

// ---- operators --------------------------------------------------------------------------------------------------
RT_API int rt_find(const char* name, const char* overload, RtOperator** op);
RT_API const char* rt_operators();                   // every name with its overload, one per line
RT_API const char* rt_schema(const RtOperator* op);  // valid until the thread's next call
// Missing arguments at the end take the schema's defaults. A tensor list among the results is an array of handles
// that rt_list_free frees (the array, not the tensors).
RT_API int rt_call(const RtOperator* op, const RtValue* arguments, int32_t count, RtValue* results, int32_t capacity, int32_t* returned);
RT_API void rt_list_free(const void* list);
RT_API void rt_object_free(RtObject* object);

// ---- tensors ----------------------------------------------------------------------------------------------------
struct RtInfo {
  int32_t dtype;
  int32_t device;      // as RT_DEVICE
  int32_t dimensions;
  int32_t flags;       // 1 requires grad, 2 leaf, 4 contiguous, 8 has gradient, 16 opaque (no strides), 32 contiguous channels-last
};
RT_API int rt_info(const RtTensor* tensor, RtInfo* info, int64_t* sizes, int64_t* strides, int32_t capacity);
RT_API int rt_data(const RtTensor* tensor, void** data);
// Uses the caller's memory; `release(context)` is called once, from any thread, when the last reference is gone.
RT_API int rt_from_memory(void* data, const int64_t* sizes, int32_t dimensions, int32_t dtype, void (*release)(void*), void* context, RtTensor** tensor);
RT_API void rt_free(RtTensor* tensor);

// ---- automatic differentiation ----------------------------------------------------------------------------------
RT_API int rt_set_requires_grad(const RtTensor* tensor, int32_t required);
RT_API int rt_gradient(const RtTensor* tensor, RtTensor** gradient);  // null when there is none
RT_API int rt_set_gradient(const RtTensor* tensor, const RtTensor* gradient);
RT_API int rt_set_data(const RtTensor* tensor, const RtTensor* data);
RT_API int rt_backward(const RtTensor* tensor, const RtTensor* gradient, int32_t retain_graph, int32_t create_graph);
// Makes `result` what a function outside libtorch computed of `inputs`: another handle on the same memory that is recorded, or null
// where nothing is recorded (no gradients wanted). When backward comes to it, it calls `backward` on its own thread, with handles that the callee then
// owns; where `wanted[i]` is set the callee gives the gradient of input i by rt_give_gradient, and it returns 0, or 1 when it failed.
// `release(context)` is called once, from any thread, also when nothing is recorded or this fails. Gradients of such gradients are refused.
struct RtGradients;
typedef int (*RtBackward)(void* context, RtTensor* gradient, RtTensor* const* inputs, const uint8_t* wanted, int32_t count, RtGradients* gradients);
RT_API int rt_record(const RtTensor* result, const RtTensor* const* inputs, int32_t count, RtBackward backward, void (*release)(void*), void* context, RtTensor** recorded);
RT_API int rt_give_gradient(RtGradients* gradients, int32_t index, const RtTensor* gradient);
RT_API int rt_modes(int32_t* modes);  // of this thread: 1 operations are recorded for gradients, 2 the processor's autocast is on
RT_API int rt_set_grad_mode(int32_t enabled, int32_t* before);
RT_API int rt_inference_begin(RtScope** scope);
RT_API int rt_inference_end(RtScope* scope);
RT_API int rt_autocast_begin(int32_t device_type, int32_t dtype, RtScope** scope);
RT_API int rt_autocast_end(RtScope* scope);

// ---- several processes ------------------------------------------------------------------------------------------
struct RtGroupOptions {
  int32_t rank;
  int32_t size;
  int32_t port;
  int32_t timeout;      // milliseconds: to meet, and of each call after
  const char* host;     // where rank 0 listens
  const char* address;  // this process's own address; null or empty: that of the host's name
  const char* backend;  // "gloo" or "nccl"
};
RT_API int rt_group_backends(int32_t* backends);  // what this build has: 1 Gloo, 2 NCCL
// Every process of the group makes the same calls in the same order. They change the tensors in place, and fail when another
// process ended or the time is over; then the group is of no more use.
RT_API int rt_group_create(const RtGroupOptions* options, RtGroup** group);
RT_API int rt_group_all_reduce(const RtGroup* group, const RtTensor* const* tensors, int32_t count);  // sums
// When backward comes to the tensor, its gradient becomes the sum of the ranks' gradients: there it is a call like the others.
RT_API int rt_group_reduce_gradient(const RtGroup* group, const RtTensor* tensor);
RT_API int rt_group_broadcast(const RtGroup* group, const RtTensor* const* tensors, int32_t count, int32_t root);
RT_API int rt_group_barrier(const RtGroup* group);
RT_API int rt_group_free(RtGroup* group);
