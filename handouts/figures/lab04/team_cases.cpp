// For a figure of lab 04: the same work on one thread, on two of which one is started for it, and
// on two of which one waits in a pool. Linked with the kernels whose pool is meant.
#include <rooflab/work.h>
#include <sched.h>

#include <cstdint>

#include "../rounds.h"
#include "kernels.h"

namespace {

struct Halves {
  std::uint32_t mine = 0, others = 0;
  int processor = -1;  // of the helper
};

Halves on_one_thread(std::int64_t steps) {
  return {rooflab::worked(1, steps / 2), rooflab::worked(2, steps / 2)};
}

void help(Halves& done, std::int64_t steps) {
  done.processor = sched_getcpu();
  done.others = rooflab::worked(2, steps / 2);
}

Halves on_a_new_thread(std::int64_t steps) {
  Halves done;
  std::thread helper([&] { help(done, steps); });
  done.mine = rooflab::worked(1, steps / 2);
  helper.join();
  return done;
}

Halves on_a_pool(std::int64_t steps) {
  static lab04::ThreadPool pool(1);
  Halves done;
  pool.submit([&] { help(done, steps); });
  done.mine = rooflab::worked(1, steps / 2);
  pool.wait();
  return done;
}

// The time of one call in ns, once for each round. Rounds in which the helper was given the
// caller's own processor, as happens on a busy machine, do not count.
std::function<double()> timed(Halves (*call)(std::int64_t steps), std::int64_t steps) {
  return [call, steps, expected = on_one_thread(steps)] {
    const double begin = figures::now_ns();
    const Halves done = call(steps);
    const double time = figures::now_ns() - begin;
    if (done.mine != expected.mine || done.others != expected.others) {
      std::fprintf(stderr, "error: the pool did not do what was submitted; try ./lab test 04\n");
      std::exit(1);
    }
    return done.processor == sched_getcpu() ? 0 : time;
  };
}

}  // namespace

int main() {
  std::vector<figures::Measured> all;
  for (const std::int64_t steps : {0, 1'000, 2'000, 5'000, 10'000, 20'000, 30'000, 50'000, 100'000,
                                   200'000, 300'000, 500'000, 1'000'000, 2'000'000}) {
    const auto x = static_cast<double>(steps);
    all.push_back({"one thread", x, timed(on_one_thread, steps)});
    all.push_back({"new thread", x, timed(on_a_new_thread, steps)});
    all.push_back({"pool", x, timed(on_a_pool, steps)});
  }
  // A thread that waits for a processor shows in the wall time only. The tenth that is quickest is
  // of rounds in which nobody else was in the way.
  figures::measure(std::move(all), "steps", 400, 0.1);
  return 0;
}
