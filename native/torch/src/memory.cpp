// Keeps large blocks of freed tensors for the next ones. Without this every large result is fresh memory of the system, and
// touching it for the first time takes as long as computing it. Kept blocks never make the process larger than its tensors were at
// their most: where the steps of a training repeat, those of the next step fit into what the last one left.
#include "internal.h"

#if !RT_TORCH_AT_LEAST(2, 0)
#include <c10/core/Allocator.h>
#include <c10/core/CPUAllocator.h>
#include <sys/mman.h>

#include <algorithm>
#include <cstdint>
#include <list>
#include <map>
#include <mutex>
#include <unordered_map>

namespace {

constexpr size_t kLarge = size_t{1} << 20;  // smaller ones are left to libtorch
constexpr size_t kPage = size_t{2} << 20;   // a huge page

struct Block {
  void* data;
  size_t size;
  std::list<Block*>::iterator age;
};

class Pool final : public c10::Allocator {
 public:
  c10::DataPtr allocate(size_t bytes) const override {
    auto* data = bytes < kLarge ? c10::GetDefaultCPUAllocator()->raw_allocate(bytes) : const_cast<Pool*>(this)->take(bytes);
    return {data, data, &Pool::give_back, c10::Device(c10::DeviceType::CPU)};
  }

  // Some callers keep the plain pointer and free it through this.
  c10::DeleterFnPtr raw_deleter() const override { return &Pool::give_back; }

  void keep(size_t bytes) {
    std::lock_guard<std::mutex> lock(mutex_);
    limit_ = bytes;
    shrink();
  }

 private:
  static void give_back(void* data);

  void* take(size_t bytes) {
    {
      std::lock_guard<std::mutex> lock(mutex_);
      const auto found = idle_.lower_bound(bytes);
      // A much larger block would waste what another tensor may need.
      if (found != idle_.end() && found->first <= bytes + bytes / 4 + kPage) {
        auto* block = found->second;
        idle_.erase(found);
        ages_.erase(block->age);
        idle_bytes_ -= block->size;
        used_.emplace(block->data, block);
        used_bytes_ += block->size;
        most_used_ = std::max(most_used_, used_bytes_);
        return block->data;
      }
    }
    // Sums of absurd sizes would wrap around.
    TORCH_CHECK(bytes < SIZE_MAX / 2, "not enough memory for ", bytes, " bytes");
    const auto size = (bytes + kPage - 1) / kPage * kPage;
    std::unique_lock<std::mutex> lock(mutex_);
    // What is idle makes room first, so that both are never there together.
    used_bytes_ += size;
    shrink();
    lock.unlock();
    auto* data = map(size);
    lock.lock();
    if (data == nullptr) used_bytes_ -= size;
    TORCH_CHECK(data != nullptr, "not enough memory for ", bytes, " bytes");
    most_used_ = std::max(most_used_, used_bytes_);
    used_.emplace(data, new Block{data, size, {}});
    return data;
  }

  // From the system and back to it, not malloc's: it keeps blocks of up to 32 MB that were freed.
  static void* map(size_t size) {
    auto* start = mmap(nullptr, size + kPage, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (start == MAP_FAILED) return nullptr;
    const auto first = reinterpret_cast<uintptr_t>(start);
    const auto aligned = (first + kPage - 1) / kPage * kPage;
    if (aligned > first) munmap(start, aligned - first);
    munmap(reinterpret_cast<void*>(aligned + size), first + kPage - aligned);
    auto* data = reinterpret_cast<void*>(aligned);
    // Advice only: small pages work as well, slower.
    (void)madvise(data, size, MADV_HUGEPAGE);
    return data;
  }

  void shrink() {
    const auto room = most_used_ > used_bytes_ ? most_used_ - used_bytes_ : 0;
    while (idle_bytes_ > std::min(limit_, room)) {
      auto* oldest = ages_.front();
      auto place = idle_.lower_bound(oldest->size);
      while (place->second != oldest) ++place;
      idle_.erase(place);
      ages_.pop_front();
      idle_bytes_ -= oldest->size;
      munmap(oldest->data, oldest->size);
      delete oldest;
    }
  }

  std::mutex mutex_;
  std::unordered_map<void*, Block*> used_;
  std::multimap<size_t, Block*> idle_;
  std::list<Block*> ages_;  // oldest first
  size_t idle_bytes_ = 0;
  size_t used_bytes_ = 0;
  size_t most_used_ = 0;
  size_t limit_ = 0;
};

// Never destroyed: tensors may outlive every static object.
Pool& pool() {
  static auto* instance = new Pool();
  return *instance;
}

void Pool::give_back(void* data) {
  auto& self = pool();
  // Our blocks begin at a huge page, small ones hardly ever do.
  if (reinterpret_cast<uintptr_t>(data) % kPage == 0 && data != nullptr) {
    std::lock_guard<std::mutex> lock(self.mutex_);
    const auto found = self.used_.find(data);
    if (found != self.used_.end()) {
      auto* block = found->second;
      self.used_.erase(found);
      try {
        block->age = self.ages_.insert(self.ages_.end(), block);
        self.idle_.emplace(block->size, block);
        self.idle_bytes_ += block->size;
        self.used_bytes_ -= block->size;
        self.shrink();
      } catch (...) {
        // No room for the note about the block: it stays unused, which is rare and harmless.
      }
      return;
    }
  }
  c10::GetDefaultCPUAllocator()->raw_deallocate(data);
}

}  // namespace

int rt_keep_memory(int64_t bytes) {
  RT_BEGIN
  rt::require(bytes >= 0, "a number of bytes is not negative");
  static const bool installed = [] {
    c10::SetCPUAllocator(&pool(), /*priority=*/1);
    return true;
  }();
  (void)installed;
  pool().keep(static_cast<size_t>(bytes));
  RT_END
}

#else

// Newer versions have their own ways (huge pages by THP_MEM_ALLOC_ENABLE=1), and another allocator interface in each.
int rt_keep_memory(int64_t bytes) {
  RT_BEGIN
  rt::require(bytes >= 0, "a number of bytes is not negative");
  RT_END
}

#endif
