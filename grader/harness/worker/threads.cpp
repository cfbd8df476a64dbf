// Where each thread computes, if the harness says so: on the processor that has the fewest of them.
// Linux moves threads while they run, but not at once: of two processors, one may have both threads
// and the other none for a whole call, by chance or because a virtual machine's system saves
// processors. The linker leads calls of pthread_create here (--wrap); a kernel that goes around it
// has all its threads on one processor.
#include <pthread.h>
#include <sched.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <bit>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>

#include "worker/worker.h"

// The names that the linker's --wrap=pthread_create gives to the library's function and to ours.
extern "C" int real_create(pthread_t* thread, const pthread_attr_t* attributes,
                           void* (*routine)(void*), void* argument) asm("__real_pthread_create");
extern "C" int create(pthread_t* thread, const pthread_attr_t* attributes, void* (*routine)(void*),
                      void* argument) asm("__wrap_pthread_create");

namespace rooflab::harness {
namespace {

constexpr std::size_t kMost = 64;
std::array<std::atomic<int>, kMost> threads_on;

// The processor with the fewest threads. The process's first thread, on the first of them, counts
// too: whether it computes or waits for the others, they are then spread evenly.
std::size_t quietest(std::uint64_t processors) {
  const auto first = static_cast<std::size_t>(std::countr_zero(processors));
  std::size_t found = first;
  const auto count = [&](std::size_t processor) {
    return threads_on[processor].load() + (processor == first ? 1 : 0);
  };
  for (std::uint64_t left = processors; left != 0; left &= left - 1) {
    const auto processor = static_cast<std::size_t>(std::countr_zero(left));
    if (count(processor) < count(found)) found = processor;
  }
  return found;
}

// What a new thread is to do; it takes its place on a processor, and gives it back.
struct Start {
  void* (*routine)(void*);
  void* argument;
  std::size_t processor;
};

// For this thread, and for those that it creates.
void go_to(std::uint64_t processors) {
  cpu_set_t set;
  CPU_ZERO(&set);
  for (std::uint64_t left = processors; left != 0; left &= left - 1) {
    CPU_SET(static_cast<std::size_t>(std::countr_zero(left)), &set);
  }
  syscall(SYS_sched_setaffinity, 0, sizeof(set), &set);
}

struct Place {
  explicit Place(std::size_t processor) : on(processor) { go_to(std::uint64_t{1} << on); }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;
  ~Place() { --threads_on[on]; }
  std::size_t on;
};

void* start(void* given) {
  const std::unique_ptr<Start> own(static_cast<Start*>(given));
  const Place place(own->processor);
  return own->routine(own->argument);
}

// After the page is mapped, and before the submission's own static constructors.
[[gnu::constructor(102)]] void tell() {
  if (control != nullptr) control->spreads = 1;
}

}  // namespace
}  // namespace rooflab::harness

extern "C" int create(pthread_t* thread, const pthread_attr_t* attributes, void* (*routine)(void*),
                      void* argument) {
  using namespace rooflab::harness;
  const std::uint64_t processors = control != nullptr ? control->processors : 0;
  if (processors == 0) return real_create(thread, attributes, routine, argument);
  const std::size_t on = quietest(processors);
  auto* given = new (std::nothrow) Start{routine, argument, on};
  if (given == nullptr) return EAGAIN;
  ++threads_on[on];
  cpu_set_t here;
  sched_getaffinity(0, sizeof(here), &here);
  go_to(processors);  // the new one begins with the same, and this one stays where it runs
  const int error = real_create(thread, attributes, start, given);
  sched_yield();  // if it begins behind this one all the same, it goes first
  syscall(SYS_sched_setaffinity, 0, sizeof(here), &here);
  if (error != 0) {
    --threads_on[on];
    delete given;
  }
  return error;
}
