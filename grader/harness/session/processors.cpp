#include "session/processors.h"

#include <bit>
#include <cstddef>
#include <fstream>
#include <limits>
#include <optional>
#include <string>

namespace rooflab::harness {
namespace {

// Where a process's first thread ran last: the 39th field of /proc/PID/stat.
std::optional<std::size_t> last_processor(pid_t pid) {
  constexpr int kFieldsBetween = 36;  // the name, in brackets, is the second
  std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
  const auto all = std::numeric_limits<std::streamsize>::max();
  file.ignore(all, ')');
  std::string field;
  for (int i = 0; i < kFieldsBetween; ++i) file >> field;
  std::size_t processor = 0;
  if (!(file >> processor)) return std::nullopt;
  return processor;
}

}  // namespace

Processors::Processors() { sched_getaffinity(0, sizeof(before_), &before_); }

Processors::~Processors() { sched_setaffinity(0, sizeof(before_), &before_); }

void keep_on(std::size_t processor, pid_t thread) {
  cpu_set_t only;
  CPU_ZERO(&only);
  CPU_SET(processor, &only);
  sched_setaffinity(thread, sizeof(only), &only);
}

SameProcessor::SameProcessor(pid_t worker) {
  const auto here = static_cast<std::size_t>(sched_getcpu());
  keep_on(here);
  keep_on(here, worker);
}

std::uint64_t processors_for_each(int threads) {
  cpu_set_t ours;
  CPU_ZERO(&ours);
  if (sched_getaffinity(0, sizeof(ours), &ours) != 0 || CPU_COUNT(&ours) > threads) return 0;
  std::uint64_t bits = 0;
  for (std::size_t processor = 0; processor < 64; ++processor) {
    if (CPU_ISSET(processor, &ours)) bits |= std::uint64_t{1} << processor;
  }
  return std::popcount(bits) == CPU_COUNT(&ours) ? bits : 0;
}

OtherProcessors::OtherProcessors(pid_t worker, std::uint64_t spread) {
  auto there = last_processor(worker);
  if (!there) return;
  if (spread != 0) {
    there = static_cast<std::size_t>(std::countr_zero(spread));
    keep_on(*there, worker);
  }
  cpu_set_t others = before();
  CPU_CLR(*there, &others);
  sched_setaffinity(0, sizeof(others), &others);  // refused when there are none
}

}  // namespace rooflab::harness
