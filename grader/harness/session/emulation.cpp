#include "session/emulation.h"

#include <fcntl.h>

#include <algorithm>
#include <cerrno>
#include <new>
#include <system_error>

namespace rooflab::harness {

Emulated::Emulated(const std::string& program, const CacheGeometry& d1, const CacheGeometry& ll,
                   std::int64_t max_instructions)
    : program_(open(program.c_str(), O_RDONLY | O_CLOEXEC)),
      page_fd_(memory_file("emulation", sizeof(Emulation))),
      page_(page_fd_.get(), sizeof(Emulation)) {
  if (program_.get() < 0) throw std::system_error(errno, std::generic_category(), program);
  auto* page = new (page_.bytes().data()) Emulation{};
  page->d1 = d1;
  page->ll = ll;
  page->max_instructions = max_instructions;
}

std::string Emulated::why() const {
  const auto& text = record().why;
  return {text.begin(), std::ranges::find(text, '\0')};
}

}  // namespace rooflab::harness
