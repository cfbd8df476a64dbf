// For a figure of lab 04: what it costs when two threads write to one cache line. Each thread has a
// number of its own, or a table; only the distance between them changes.
#include <array>
#include <cstdint>
#include <functional>
#include <random>

#include "../rounds.h"

namespace {

using Work = std::function<void(int thread)>;

constexpr int kTimes = 100'000;  // additions of a thread in a round
alignas(4096) std::array<std::byte, 32768> memory;

template <class T>
std::atomic<T>& number(std::size_t distance, int thread) {
  return *reinterpret_cast<std::atomic<T>*>(memory.data() +
                                            distance * static_cast<std::size_t>(thread));
}

// As ++number is compiled where the number must be in memory: load, add, store.
template <class T>
void add(std::atomic<T>& to, T what) {
  to.store(to.load(std::memory_order_relaxed) + what, std::memory_order_relaxed);
}

Work additions(std::size_t distance) {
  return [distance](int thread) {
    auto& mine = number<std::uint64_t>(distance, thread);
    for (int time = 0; time < kTimes; ++time) add<std::uint64_t>(mine, 1);
  };
}

Work atomic_additions(std::size_t distance) {
  return [distance](int thread) {
    auto& mine = number<std::uint64_t>(distance, thread);
    for (int time = 0; time < kTimes; ++time) mine.fetch_add(1, std::memory_order_relaxed);
  };
}

std::vector<std::uint8_t> random_bytes() {
  std::vector<std::uint8_t> bytes(kTimes);
  std::mt19937 random(4);
  for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(random());
  return bytes;
}

// How often each value occurs. The counter of value v lies v · `step` numbers behind that of value
// 0, and those of the second thread `between` numbers behind those of the first.
template <std::size_t values>
Work histogram(std::size_t between, std::size_t step) {
  return [between, step](int thread) {
    static const std::vector<std::uint8_t> bytes = random_bytes();
    auto* mine = &number<std::int32_t>(sizeof(std::int32_t) * between, thread);
    for (const std::uint8_t byte : bytes) add(mine[byte % values * step], 1);
  };
}

Work sum(std::size_t distance) {
  return [distance](int thread) {
    static const std::vector<float> terms(kTimes, 0.5F);
    for (const float term : terms) add(number<float>(distance, thread), term);
  };
}

Work sum_in_register() {
  return [](int thread) {
    static const std::vector<float> terms(kTimes, 0.5F);
    float mine = 0;
    for (const float term : terms) mine += term;
    number<float>(256, thread).store(mine, std::memory_order_relaxed);
  };
}

// Additions of two threads at the same time: ns of one.
std::function<double()> both(Work work) {
  return [work = std::move(work)] {
    memory.fill(std::byte{0});
    const auto round = figures::two_threads(work);
    return round && round->overlap() > 0.9 ? round->all_ns() / kTimes : 0;
  };
}

}  // namespace

int main() {
  std::vector<figures::Measured> all;
  for (const std::size_t distance : {8, 16, 32, 64, 128, 256}) {
    const auto bytes = static_cast<double>(distance);
    all.push_back({"atomic", bytes, both(atomic_additions(distance))});
    all.push_back({"histogram", bytes, both(histogram<32>(distance / 4, distance / 2))});
    all.push_back({"plain", bytes, both(additions(distance))});
  }
  all.push_back({"one atomic for both", 0, both(atomic_additions(0))});
  all.push_back({"sum in partials[t]", 4, both(sum(4))});
  all.push_back({"sum in partials[t]", 64, both(sum(64))});
  all.push_back({"sum in a register", 256, both(sum_in_register())});
  all.push_back({"histogram counts[v][t]", 4, both(histogram<256>(1, 2))});
  all.push_back({"histogram counts[t][v]", 1024, both(histogram<256>(256, 1))});
  figures::measure(std::move(all), "distance", 60, 0.5);
  return 0;
}
