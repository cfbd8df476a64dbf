#include <rooflab/testing/core/element.h>
#include <rooflab/testing/core/placed.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <new>

namespace rooflab::testing {

template <class T>
Placed<T>::Placed(const GuardedMatrix<T>& input, bool at_page_end) : view_(input.view()) {
  if (!at_page_end) return;
  const auto page = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
  // Behind the last element comes nothing, not even the padding of the last row.
  const std::int64_t elements = std::max<std::int64_t>(0, (view_.rows - 1) * view_.stride) +
                                (view_.rows > 0 ? view_.cols : 0);
  const std::size_t bytes = static_cast<std::size_t>(elements) * sizeof(T);
  const std::size_t readable = (bytes + page - 1) / page * page;
  void* pages =
      mmap(nullptr, readable + page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (pages == MAP_FAILED) throw std::bad_alloc();
  pages_ = {static_cast<std::byte*>(pages), readable + page};
  if (mprotect(&pages_[readable], page, PROT_NONE) != 0) throw std::bad_alloc();
  std::byte* first = &pages_[readable] - bytes;
  if (bytes > 0) std::memcpy(first, view_.data, bytes);
  view_.data = reinterpret_cast<const T*>(first);
}

template <class T>
Placed<T>::~Placed() {
  if (!pages_.empty()) munmap(pages_.data(), pages_.size());
}

#define INSTANTIATE(T) template class Placed<T>;
ROOFLAB_FOR_EACH_ELEMENT(INSTANTIATE)

std::string describe_page_end(const char* name) {
  return std::string(", ") + name + " ends with its page: nothing can be read behind it";
}

}  // namespace rooflab::testing
