// For a figure of lab 04: when each item of a loader is made, taken and used. To make an item is to
// wait, as for a disk, and so is to use it, as by an accelerator: nobody needs a processor for
// long. Linked with the kernels whose loader is meant.
#include <chrono>
#include <map>
#include <mutex>

#include "../rounds.h"
#include "kernels.h"

namespace {

using std::chrono::microseconds;

constexpr std::int64_t kItems = 14;
constexpr int kProducers = 2;
constexpr microseconds kUse{2500};

// Every seventh item is on a slow disk.
microseconds time_to_make(std::int64_t item) { return microseconds(item % 7 == 6 ? 10'000 : 3000); }

struct Life {
  double producer = 0, begin_ms = 0, made_ms = 0, asked_ms = 0, taken_ms = 0, used_ms = 0;
};

std::vector<Life> lives(std::int64_t capacity) {
  std::vector<Life> items(kItems);
  std::mutex mutex;
  std::map<std::thread::id, int> producers;
  const double start = figures::now_ns();
  const auto ms = [start] { return (figures::now_ns() - start) / 1e6; };
  lab04::DataLoader loader(
      [&](std::int64_t item) {
        Life& life = items[static_cast<std::size_t>(item)];
        life.begin_ms = ms();
        {
          const std::lock_guard lock(mutex);
          const auto found = producers.try_emplace(std::this_thread::get_id(), producers.size());
          life.producer = found.first->second;
        }
        std::this_thread::sleep_for(time_to_make(item));
        life.made_ms = ms();
        return lab04::DataLoader::Item{};
      },
      kItems, kProducers, capacity);
  for (Life& life : items) {
    life.asked_ms = ms();
    if (!loader.next()) {
      std::fprintf(stderr, "error: the loader gave nothing; ./lab test 04 says why\n");
      std::exit(1);
    }
    life.taken_ms = ms();
    std::this_thread::sleep_for(kUse);
    life.used_ms = ms();
  }
  return items;
}

}  // namespace

int main() {
  for (const int capacity : {1, 2, 3, 4, 5, 6, 8}) {
    // Of many runs, the shortest: the others were held up.
    std::map<double, std::vector<Life>> runs;
    for (int run = 0; run < 20; ++run) {
      std::vector<Life> items = lives(capacity);
      const double length = items.back().used_ms;
      runs[length] = std::move(items);
    }
    double item = 0;
    for (const Life& life : runs.begin()->second) {
      figures::print_row("capacity " + std::to_string(capacity), {{"item", item++},
                                                                  {"producer", life.producer},
                                                                  {"begin_ms", life.begin_ms},
                                                                  {"made_ms", life.made_ms},
                                                                  {"asked_ms", life.asked_ms},
                                                                  {"taken_ms", life.taken_ms},
                                                                  {"used_ms", life.used_ms}});
    }
  }
  return 0;
}
