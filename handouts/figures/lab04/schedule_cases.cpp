// For a figure of lab 04: who does which rows of a triangle, on two threads. Row i takes time in
// proportion to i.
#include <rooflab/work.h>

#include <array>

#include "../rounds.h"

namespace {

constexpr std::int64_t kRows = 16384;
constexpr std::int64_t kRowsPerStep = 256;  // a row is 1 to 64 steps of about a nanosecond

std::array<std::atomic<std::uint32_t>, 32> results;  // or the compiler would leave the work out

void keep(int thread, std::uint32_t result) {
  results[16 * static_cast<std::size_t>(thread)] = result;
}

// Needs what the row before came to, so that the processor cannot do two rows at the same time.
std::uint32_t do_row(std::int64_t i, std::uint32_t before) {
  return rooflab::worked(before, 1 + i / kRowsPerStep);
}

double on_one_thread() {
  const double begin = figures::now_ns(), cpu = figures::now_ns(CLOCK_THREAD_CPUTIME_ID);
  std::uint32_t mine = 1;
  for (std::int64_t i = 0; i < kRows; ++i) mine = do_row(i, mine);
  keep(0, mine);
  const double time = figures::now_ns() - begin;
  return figures::now_ns(CLOCK_THREAD_CPUTIME_ID) - cpu > 0.98 * time ? time : 0;
}

// Each thread gets one half, or each second row, beforehand.
double halves() {
  const auto both = figures::two_threads([](int t) {
    std::uint32_t mine = 1;
    for (std::int64_t i = t * kRows / 2; i < (t + 1) * kRows / 2; ++i) mine = do_row(i, mine);
    keep(t, mine);
  });
  return both ? both->all_ns() : 0;
}

double every_second() {
  const auto both = figures::two_threads([](int t) {
    std::uint32_t mine = 1;
    for (std::int64_t i = t; i < kRows; i += 2) mine = do_row(i, mine);
    keep(t, mine);
  });
  return both ? both->all_ns() : 0;
}

// Whoever has time takes the next `grain` rows.
double taken(std::int64_t grain, bool long_first) {
  std::atomic<std::int64_t> next = 0;
  const auto both = figures::two_threads([&](int t) {
    std::uint32_t mine = 1;
    for (std::int64_t i = next.fetch_add(grain); i < kRows; i = next.fetch_add(grain)) {
      for (std::int64_t r = i; r < std::min(kRows, i + grain); ++r) {
        mine = do_row(long_first ? kRows - 1 - r : r, mine);
      }
    }
    keep(t, mine);
  });
  return both ? both->all_ns() : 0;
}

}  // namespace

int main() {
  std::vector<figures::Measured> all = {{"one thread", kRows, on_one_thread},
                                        {"halves", kRows / 2, halves},
                                        {"every second row", 1, every_second}};
  for (std::int64_t grain = 1; grain <= kRows / 2; grain *= 2) {
    const auto rows = static_cast<double>(grain);
    all.push_back({"taken", rows, [grain] { return taken(grain, false); }});
    all.push_back({"taken, long rows first", rows, [grain] { return taken(grain, true); }});
  }
  figures::measure(std::move(all), "grain", 60, 0.5);
  return 0;
}
