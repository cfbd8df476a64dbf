// On which processors a worker's threads are (worker/threads.cpp), without a harness: this program
// is linked as a worker is, and says itself over which processors they are spread.
#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN  // the tests' own main() is not static
#include <doctest/doctest.h>
#include <pthread.h>
#include <sched.h>

#include <barrier>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <thread>
#include <vector>

#include "worker/worker.h"

namespace rooflab::harness {

Control* control = nullptr;
const std::span<const Entry> kernels;

}  // namespace rooflab::harness

namespace {

using rooflab::harness::Control;

// This thread's processors, a bit for each.
std::uint64_t mine() {
  cpu_set_t set;
  CPU_ZERO(&set);
  sched_getaffinity(0, sizeof(set), &set);
  std::uint64_t bits = 0;
  for (std::size_t processor = 0; processor < 64; ++processor) {
    if (CPU_ISSET(processor, &set)) bits |= std::uint64_t{1} << processor;
  }
  return bits;
}

// Those of this process, which its first thread always has.
std::uint64_t all() { return mine(); }
std::uint64_t first() { return all() & -all(); }
std::uint64_t last() { return std::bit_floor(all()); }

class Spread {
 public:
  explicit Spread(std::uint64_t processors) {
    page_.processors = processors;
    rooflab::harness::control = &page_;
  }
  Spread(const Spread&) = delete;
  Spread& operator=(const Spread&) = delete;
  ~Spread() { rooflab::harness::control = nullptr; }

 private:
  Control page_;
};

// The processors of so many threads that live at the same time, in the order of their creation.
std::vector<std::uint64_t> of_threads(std::size_t count) {
  std::vector<std::uint64_t> found(count);
  std::barrier together(static_cast<std::ptrdiff_t>(count));
  std::vector<std::thread> threads;
  threads.reserve(count);
  for (std::uint64_t& one : found) {
    threads.emplace_back([&] {
      one = mine();
      together.arrive_and_wait();
    });
  }
  for (std::thread& thread : threads) thread.join();
  return found;
}

}  // namespace

TEST_CASE("threads are spread over the processors, and their creator stays where it was") {
  const Spread spread(first() | last());
  const std::vector<std::uint64_t> expected = first() == last()
                                                  ? std::vector{first(), first(), first()}
                                                  : std::vector{last(), first(), last()};
  const std::uint64_t before = mine();
  for (int again = 0; again < 3; ++again) {  // those that ended have left their places
    CHECK(of_threads(1).front() == last());
    CHECK(of_threads(3) == expected);
    CHECK(mine() == before);
  }
}

TEST_CASE("a thread that ends itself leaves its place") {
  const Spread spread(first() | last());
  for (int again = 0; again < 3; ++again) {
    pthread_t thread{};
    REQUIRE(pthread_create(
                &thread, nullptr, [](void*) -> void* { pthread_exit(nullptr); }, nullptr) == 0);
    pthread_join(thread, nullptr);
    CHECK(of_threads(1).front() == last());
  }
}

TEST_CASE("where nobody says over which processors, threads go where they like") {
  CHECK(of_threads(2) == std::vector{all(), all()});
  const Spread spread(0);
  CHECK(of_threads(2) == std::vector{all(), all()});
}
