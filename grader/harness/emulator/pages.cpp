#include "emulator/pages.h"

#include <sys/mman.h>

#include <new>

namespace rooflab::harness {

std::span<std::byte> reserve(std::size_t bytes) {
  void* memory = mmap(nullptr, bytes, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (memory == MAP_FAILED) throw std::bad_alloc();
  return {static_cast<std::byte*>(memory), bytes};
}

}  // namespace rooflab::harness
