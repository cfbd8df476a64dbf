#include "session/allowance.h"

#include <fcntl.h>

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <system_error>

namespace rooflab::harness {

using std::chrono::nanoseconds;

Allowance::Allowance(const std::string& program) {
  const std::string path = program + ".allowance";
  const Fd fd(open(path.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW));
  if (fd.get() >= 0) {
    file_.emplace(fd.get(), sizeof(std::int64_t));
  } else if (errno != ENOENT) {
    throw std::system_error(errno, std::generic_category(), path);
  }
}

nanoseconds Allowance::left() const {
  if (!file_) return nanoseconds::max();
  std::int64_t left = 0;
  std::memcpy(&left, file_->bytes().data(), sizeof(left));
  return nanoseconds(left);
}

void Allowance::charge(nanoseconds spent) {
  if (!file_) return;
  const std::int64_t rest = (left() - spent).count();
  std::memcpy(file_->bytes().data(), &rest, sizeof(rest));
}

}  // namespace rooflab::harness
