// Where the harness is while a worker runs.
#include <doctest/doctest.h>
#include <sched.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstddef>
#include <cstdint>

#include "session/pilot.h"
#include "session/processors.h"

namespace harness = rooflab::harness;

namespace {

// A process that stands still on one processor.
class Child {
 public:
  explicit Child(std::size_t processor) : pid_(fork()) {
    if (pid_ == 0) {
      cpu_set_t only;
      CPU_ZERO(&only);
      CPU_SET(processor, &only);
      sched_setaffinity(0, sizeof(only), &only);
      raise(SIGSTOP);
      _exit(0);
    }
    waitpid(pid_, nullptr, WUNTRACED);
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child() {
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
  }
  [[nodiscard]] pid_t pid() const { return pid_; }

 private:
  pid_t pid_;
};

cpu_set_t processors_of(pid_t pid) {
  cpu_set_t set;
  CPU_ZERO(&set);
  sched_getaffinity(pid, sizeof(set), &set);
  return set;
}

}  // namespace

TEST_CASE("beside threads, the harness is on other processors than the first of them") {
  const cpu_set_t all = processors_of(0);
  for (std::size_t processor = 0; processor < CPU_SETSIZE; ++processor) {
    if (!CPU_ISSET(processor, &all)) continue;
    const Child child(processor);
    {
      const harness::OtherProcessors kept(child.pid());
      cpu_set_t wanted = all;
      if (CPU_COUNT(&all) > 1) CPU_CLR(processor, &wanted);  // or it has no choice
      const cpu_set_t now = processors_of(0);
      CHECK(CPU_EQUAL(&now, &wanted));
    }
    const cpu_set_t after = processors_of(0);
    CHECK(CPU_EQUAL(&after, &all));
  }
}

TEST_CASE("beside one thread, the harness is on the same processor") {
  const cpu_set_t all = processors_of(0);
  const Child child(static_cast<std::size_t>(sched_getcpu()));
  {
    const harness::SameProcessor kept(child.pid());
    const cpu_set_t own = processors_of(0);
    const cpu_set_t its = processors_of(child.pid());
    CHECK(CPU_COUNT(&own) == 1);
    CHECK(CPU_EQUAL(&own, &its));
  }
  const cpu_set_t after = processors_of(0);
  CHECK(CPU_EQUAL(&after, &all));
}

TEST_CASE("threads that need all processors have one each") {
  const cpu_set_t all = processors_of(0);
  const int there = CPU_COUNT(&all);
  std::uint64_t bits = 0;
  for (std::size_t processor = 0; processor < 64; ++processor) {
    if (CPU_ISSET(processor, &all)) bits |= std::uint64_t{1} << processor;
  }
  CHECK(harness::processors_for_each(there) == bits);
  CHECK(harness::processors_for_each(there + 1) == bits);
  CHECK(harness::processors_for_each(there - 1) == 0);
}

TEST_CASE("a pilot runs on each processor") {
  const cpu_set_t all = processors_of(0);
  const std::uint64_t bits = harness::processors_for_each(CPU_COUNT(&all));
  CHECK(harness::run_pilots(bits) > 0);
  CHECK(harness::run_pilots(bits & -bits) > 0);
  const cpu_set_t after = processors_of(0);
  CHECK(CPU_EQUAL(&after, &all));
}

TEST_CASE("a worker that is gone changes nothing") {
  const cpu_set_t all = processors_of(0);
  const harness::OtherProcessors kept(-1);
  const cpu_set_t now = processors_of(0);
  CHECK(CPU_EQUAL(&now, &all));
}
