#include "session/arena.h"

#include <fcntl.h>
#include <sys/random.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <string>
#include <system_error>

#ifndef F_SEAL_FUTURE_WRITE
#define F_SEAL_FUTURE_WRITE 0x0010
#endif

namespace rooflab::harness {
namespace {

constexpr std::size_t kLine = 64;
constexpr std::size_t kPage = 4096;
constexpr std::size_t kRedZone = 256;

[[noreturn]] void fail(const char* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

void seal(const Fd& fd, int seals) {
  if (fcntl(fd.get(), F_ADD_SEALS, seals) != 0) fail("F_ADD_SEALS");
}

std::size_t round_up(std::size_t value, std::size_t step) {
  return (value + step - 1) / step * step;
}

}  // namespace

Arena::Arena(std::size_t input_bytes, std::size_t output_bytes, bool fixed_places, bool sealed)
    : fixed_places_(fixed_places) {
  const std::size_t control_bytes = round_up(sizeof(Control), kPage);
  input_bytes = round_up(std::max<std::size_t>(input_bytes, 1), kPage);
  output_bytes = round_up(std::max<std::size_t>(output_bytes, 1), kPage);
  const int fixed_size = sealed ? F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL : 0;

  control_fd_ = memory_file("control", control_bytes);
  control_ = Mapping(control_fd_.get(), control_bytes);
  seal(control_fd_, fixed_size);

  outputs_fd_ = memory_file("outputs", output_bytes);
  outputs_ = Mapping(outputs_fd_.get(), output_bytes);
  seal(outputs_fd_, fixed_size);

  inputs_fd_ = memory_file("inputs", input_bytes);
  inputs_ = Mapping(inputs_fd_.get(), input_bytes);
  seal(inputs_fd_, fixed_size | (sealed ? F_SEAL_FUTURE_WRITE : 0));
  const std::string path = "/proc/self/fd/" + std::to_string(inputs_fd_.get());
  inputs_read_only_fd_ = Fd(open(path.c_str(), (sealed ? O_RDONLY : O_RDWR) | O_CLOEXEC));
  if (inputs_read_only_fd_.get() < 0) fail("reopening the inputs read-only");
  new (control_.bytes().data()) Control{};
}

void Arena::scrub() {
  if (!clean_) {
    const auto zero = [](std::span<std::byte> bytes) {
      std::memset(bytes.data(), 0, bytes.size());
    };
    zero(control_.bytes());
    zero(inputs_.bytes().first(inputs_ever_used_));  // workers cannot write there
    zero(outputs_.bytes());
  }
  new (control_.bytes().data()) Control{};
  clean_ = false;
}

void Arena::clear() {
  // A different first place each time: a pointer says nothing about which problem it is.
  inputs_end_ = inputs_.bytes().size();
  inputs_used_ = fixed_places_ ? 0 : random_number() % 16 * kLine;
  outputs_used_ = fixed_places_ ? 0 : random_number() % 16 * kLine;
  red_zones_.clear();
}

std::int64_t Arena::place_input(std::size_t bytes, std::size_t misalign) {
  const std::size_t offset = round_up(inputs_used_, kLine) + misalign;
  if (offset + bytes > inputs_end_) throw std::length_error("the inputs do not fit");
  inputs_used_ = offset + bytes;
  inputs_ever_used_ = std::max(inputs_ever_used_, inputs_used_);
  return static_cast<std::int64_t>(offset);
}

std::int64_t Arena::place_input_at_end(std::size_t bytes) {
  if (inputs_used_ + bytes > inputs_end_) throw std::length_error("the inputs do not fit");
  inputs_ever_used_ = inputs_.bytes().size();
  inputs_end_ -= bytes;
  return static_cast<std::int64_t>(inputs_end_);
}

std::int64_t Arena::place_output(std::size_t bytes, std::size_t misalign) {
  const std::size_t offset = round_up(outputs_used_ + kRedZone, kLine) + misalign;
  if (offset + bytes + kRedZone > outputs_.bytes().size()) {
    throw std::length_error("the outputs do not fit");
  }
  put_red_zone(offset - kRedZone);
  put_red_zone(offset + bytes);
  outputs_used_ = offset + bytes + kRedZone;
  outputs_ever_used_ = std::max(outputs_ever_used_, outputs_used_);
  return static_cast<std::int64_t>(offset);
}

void Arena::put_red_zone(std::size_t offset) {
  RedZone zone{offset, std::vector<std::byte>(kRedZone)};
  random_bytes(zone.content);
  std::ranges::copy(zone.content, outputs_.bytes().data() + offset);
  red_zones_.push_back(std::move(zone));
}

bool Arena::red_zones_intact() const {
  return std::ranges::all_of(red_zones_, [this](const RedZone& zone) {
    return std::memcmp(outputs_.bytes().data() + zone.offset, zone.content.data(), kRedZone) == 0;
  });
}

void random_bytes(std::span<std::byte> bytes) {
  while (!bytes.empty()) {
    const ssize_t got = getrandom(bytes.data(), bytes.size(), 0);
    if (got > 0) {
      bytes = bytes.subspan(static_cast<std::size_t>(got));
    } else if (errno != EINTR) {
      fail("getrandom");
    }
  }
}

std::uint64_t random_number() {
  std::uint64_t number = 0;
  random_bytes(std::as_writable_bytes(std::span(&number, 1)));
  return number;
}

}  // namespace rooflab::harness
