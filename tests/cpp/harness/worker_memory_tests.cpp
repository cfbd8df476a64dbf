// What the operating system tells of a process's memory.
#include <doctest/doctest.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstddef>

#include "session/worker_memory.h"

using rooflab::harness::memory_status;

TEST_SUITE_BEGIN("worker memory");

TEST_CASE("the peak holds what was asked for and given back, touched or not") {
  const auto before = memory_status(getpid(), "VmPeak");
  REQUIRE(before);
  const std::size_t bytes = *before;  // larger than ever before, whatever was
  void* place = mmap(nullptr, bytes, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  REQUIRE(place != MAP_FAILED);
  const auto during = memory_status(getpid(), "VmSize");
  munmap(place, bytes);
  CHECK(memory_status(getpid(), "VmSize") < during);
  CHECK(memory_status(getpid(), "VmPeak") >= during);
  CHECK(during >= bytes);
}

TEST_CASE("what is no size, or no line, is nothing") {
  CHECK_FALSE(memory_status(getpid(), "Vm"));
  CHECK_FALSE(memory_status(getpid(), "Name"));
  CHECK_FALSE(memory_status(getpid(), "Threads"));
}

TEST_CASE("a process that has ended has no memory") {
  const pid_t child = fork();
  if (child == 0) _exit(0);
  siginfo_t info{};
  REQUIRE(waitid(P_PID, static_cast<id_t>(child), &info, WEXITED | WNOWAIT) == 0);
  CHECK_FALSE(memory_status(child, "VmPeak"));
  waitpid(child, nullptr, 0);
  CHECK_FALSE(memory_status(child, "VmPeak"));
}

TEST_SUITE_END();
