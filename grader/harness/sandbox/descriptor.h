// What closes or unmaps itself: file descriptors, and memory that processes share by them.
#pragma once

#include <cstddef>
#include <span>

namespace rooflab::harness {

/// A file descriptor that closes itself.
class Fd {
 public:
  Fd() = default;
  explicit Fd(int fd) : fd_(fd) {}
  Fd(Fd&& other) noexcept;
  Fd& operator=(Fd&& other) noexcept;
  Fd(const Fd&) = delete;
  Fd& operator=(const Fd&) = delete;
  ~Fd();
  [[nodiscard]] int get() const { return fd_; }

 private:
  int fd_ = -1;
};

/// A mapping that unmaps itself.
class Mapping {
 public:
  Mapping() = default;
  Mapping(int fd, std::size_t bytes);  // read and write, shared
  Mapping(Mapping&& other) noexcept;
  Mapping& operator=(Mapping&& other) noexcept;
  Mapping(const Mapping&) = delete;
  Mapping& operator=(const Mapping&) = delete;
  ~Mapping();
  [[nodiscard]] std::span<std::byte> bytes() const { return bytes_; }

 private:
  std::span<std::byte> bytes_;
};

/// Memory that processes share by its descriptor. Throws std::system_error.
[[nodiscard]] Fd memory_file(const char* name, std::size_t bytes);

}  // namespace rooflab::harness
