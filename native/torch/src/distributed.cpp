// Several processes that compute as one: libtorch's c10d, with Gloo on processors and NCCL on CUDA devices.
//
// CMake defines USE_C10D_GLOO and USE_C10D_NCCL where this libtorch has them and their headers are installed.
#include "internal.h"

#if defined(USE_C10D_GLOO) || defined(USE_C10D_NCCL)
#include <c10/util/Logging.h>
#include <torch/csrc/distributed/c10d/ProcessGroupGloo.hpp>
#include <torch/csrc/distributed/c10d/ProcessGroupNCCL.hpp>
#include <torch/csrc/distributed/c10d/TCPStore.hpp>

#include <chrono>
#include <cstdlib>
#include <map>
#include <vector>

namespace {

// PyTorch 2.0 split what carries data between processes from what users hold.
#if RT_TORCH_AT_LEAST(2, 0)
using Backend = c10d::Backend;
#else
using Backend = c10d::ProcessGroup;
#endif

}  // namespace

struct RtGroup {
  c10::intrusive_ptr<c10d::TCPStore> store;
  c10::intrusive_ptr<Backend> backend;
  bool compares;  // whether each call's layout is compared first
};

namespace {

// What c10d logs (every attempt to reach a rank that has not started yet) is thrown as well when it matters.
void silence_log() {
  if (std::getenv("TORCH_CPP_LOG_LEVEL") != nullptr) return;
#ifdef C10_USE_GLOG
  FLAGS_minloglevel = 3;
#else
  FLAGS_caffe2_log_level = 3;
#endif
}

c10::intrusive_ptr<Backend> join_gloo([[maybe_unused]] const RtGroupOptions& options, [[maybe_unused]] const c10::intrusive_ptr<c10d::TCPStore>& store) {
#ifdef USE_C10D_GLOO
  using Gloo = c10d::ProcessGroupGloo;
  auto chosen = Gloo::Options::create(std::chrono::milliseconds(options.timeout));
  chosen->devices.push_back(options.address == nullptr || *options.address == 0 ? Gloo::createDefaultDevice() : Gloo::createDeviceForHostname(options.address));
  chosen->threads = 2;
  return c10::make_intrusive<Gloo>(store, options.rank, options.size, chosen);
#else
  throw std::runtime_error("this build has no Gloo: install libgloo-dev and build again");
#endif
}

c10::intrusive_ptr<Backend> join_nccl([[maybe_unused]] const RtGroupOptions& options, [[maybe_unused]] const c10::intrusive_ptr<c10d::TCPStore>& store) {
#ifdef USE_C10D_NCCL
  using Nccl = c10d::ProcessGroupNCCL;
  auto chosen = Nccl::Options::create();
  chosen->timeout = std::chrono::milliseconds(options.timeout);
  return c10::make_intrusive<Nccl>(store, options.rank, options.size, chosen);
#else
  throw std::runtime_error("this build has no NCCL: it needs a libtorch with CUDA and the headers of NCCL and CUDA");
#endif
}

const RtGroup& get(const RtGroup* group) {
  rt::require(group != nullptr, "the process group is null");
  return *group;
}

void wait(const c10::intrusive_ptr<c10d::Work>& work) {
  try {
    rt::require(work->wait(), "the call was given up");
  } catch (const std::exception& error) {
    throw std::runtime_error(std::string("another rank ended or did not answer in time: ") + error.what());
  }
}

std::vector<at::Tensor> tensors_of(const RtTensor* const* handles, int32_t count) {
  rt::require(count >= 0 && (count == 0 || handles != nullptr), "the tensors are null");
  std::vector<at::Tensor> tensors;
  for (int32_t i = 0; i < count; i++) {
    tensors.push_back(rt::get(handles[i]));
    const auto type = tensors.back().scalar_type();
    TORCH_CHECK(type == at::kFloat || type == at::kDouble || type == at::kHalf || type == at::kInt || type == at::kLong || type == at::kByte,
        "elements of type ", type, " cannot be sent");
  }
  return tensors;
}

// Gloo ends the process of a rank that is sent more than it asked for. So ranks first compare what they are about to do, in a
// message whose size never differs.
void compare(const RtGroup& group, int64_t kind, const std::vector<at::Tensor>& tensors) {
  if (!group.compares) return;
  uint64_t hash = 14695981039346656037u;
  const auto mix = [&hash](int64_t value) { hash = (hash ^ static_cast<uint64_t>(value)) * 1099511628211u; };
  mix(kind);
  for (const auto& tensor : tensors) {
    mix(static_cast<int64_t>(tensor.scalar_type()));
    for (const auto size : tensor.sizes()) mix(size);
    mix(-1);
  }
  const auto code = static_cast<int64_t>(hash >> 2);
  std::vector<at::Tensor> codes{at::tensor({code, -code}, at::kLong)};
  c10d::AllreduceOptions largest;
  largest.reduceOp = c10d::ReduceOp::MAX;
  wait(group.backend->allreduce(codes, largest));
  const auto* found = codes[0].data_ptr<int64_t>();
  rt::require(found[0] == code && found[1] == -code, "the ranks do not call the same with tensors of the same shapes");
}

// One message for each element type instead of one for each tensor: a network has hundreds of small ones.
template <class Collective>
void flattened(const std::vector<at::Tensor>& tensors, const Collective& collective) {
  const at::NoGradGuard no_grad;
  std::map<at::ScalarType, std::vector<at::Tensor>> types;
  for (const auto& tensor : tensors)
    if (tensor.numel() > 0) types[tensor.scalar_type()].push_back(tensor);
  for (const auto& [type, members] : types) {
    std::vector<at::Tensor> parts;
    for (const auto& member : members) parts.push_back(member.reshape(-1));
    std::vector<at::Tensor> message{at::cat(parts)};
    collective(message);
    int64_t start = 0;
    for (const auto& member : members) {
      member.copy_(message[0].narrow(0, start, member.numel()).view(member.sizes()));
      start += member.numel();
    }
  }
}

void all_reduce(const RtGroup& group, const std::vector<at::Tensor>& tensors) {
  compare(group, -2, tensors);
  flattened(tensors, [&](std::vector<at::Tensor>& message) { wait(group.backend->allreduce(message)); });
}

}  // namespace

int rt_group_backends(int32_t* backends) {
  RT_BEGIN
  rt::require(backends != nullptr, "no place for the answer");
  *backends = 0;
#ifdef USE_C10D_GLOO
  *backends |= 1;
#endif
#ifdef USE_C10D_NCCL
  *backends |= 2;
#endif
  RT_END
}

int rt_group_create(const RtGroupOptions* options, RtGroup** group) {
  RT_BEGIN
  rt::require(options != nullptr && group != nullptr && options->backend != nullptr && options->host != nullptr, "the options are null");
  rt::require(options->size >= 1 && options->rank >= 0 && options->rank < options->size, "a rank is not negative and below the number of ranks");
  rt::require(options->port > 0 && options->port < 65536, "a port lies between 1 and 65535");
  rt::require(options->timeout > 0, "a timeout is positive");
  const std::string backend = options->backend;
  rt::require(backend == "gloo" || backend == "nccl", "the backends are gloo and nccl");
  silence_log();
  c10d::TCPStoreOptions meeting;
  meeting.port = static_cast<std::uint16_t>(options->port);
  meeting.isServer = options->rank == 0;
  meeting.numWorkers = static_cast<std::size_t>(options->size);
  meeting.timeout = std::chrono::milliseconds(options->timeout);
  auto store = c10::make_intrusive<c10d::TCPStore>(std::string(options->host), meeting);
  auto made = backend == "gloo" ? join_gloo(*options, store) : join_nccl(*options, store);
  *group = new RtGroup{std::move(store), std::move(made), backend == "gloo"};
  RT_END
}

int rt_group_all_reduce(const RtGroup* handle, const RtTensor* const* handles, int32_t count) {
  RT_BEGIN
  all_reduce(get(handle), tensors_of(handles, count));
  RT_END
}

int rt_group_reduce_gradient(const RtGroup* handle, const RtTensor* tensor) {
  RT_BEGIN
  rt::get(tensor).register_hook([group = get(handle)](const at::Tensor& gradient) {
    const auto sum = gradient.clone();
    all_reduce(group, {sum});
    return sum;
  });
  RT_END
}

int rt_group_broadcast(const RtGroup* handle, const RtTensor* const* handles, int32_t count, int32_t root) {
  RT_BEGIN
  const auto& group = get(handle);
  rt::require(root >= 0 && root < group.backend->getSize(), "there is no such rank");
  const auto tensors = tensors_of(handles, count);
  compare(group, root, tensors);
  c10d::BroadcastOptions from;
  from.rootRank = root;
  flattened(tensors, [&](std::vector<at::Tensor>& message) { wait(group.backend->broadcast(message, from)); });
  RT_END
}

int rt_group_barrier(const RtGroup* handle) {
  RT_BEGIN
  const auto& group = get(handle);
  compare(group, -3, {});
  wait(group.backend->barrier());
  RT_END
}

int rt_group_free(RtGroup* group) {
  RT_BEGIN
  delete group;
  RT_END
}

#else

struct RtGroup {};

namespace {

int absent() {
  RT_BEGIN
  throw std::runtime_error("this build cannot join processes: it needs a libtorch with c10d and Gloo's headers (Debian: libgloo-dev), then build again");
  RT_END
}

}  // namespace

int rt_group_backends(int32_t* backends) {
  if (backends != nullptr) *backends = 0;
  return 0;
}
int rt_group_create(const RtGroupOptions*, RtGroup**) { return absent(); }
int rt_group_all_reduce(const RtGroup*, const RtTensor* const*, int32_t) { return absent(); }
int rt_group_reduce_gradient(const RtGroup*, const RtTensor*) { return absent(); }
int rt_group_broadcast(const RtGroup*, const RtTensor* const*, int32_t, int32_t) { return absent(); }
int rt_group_barrier(const RtGroup*) { return absent(); }
int rt_group_free(RtGroup*) { return absent(); }

#endif
