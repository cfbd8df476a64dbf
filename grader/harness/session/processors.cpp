#include "session/processors.h"

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

SameProcessor::SameProcessor(pid_t worker) {
  cpu_set_t here;
  CPU_ZERO(&here);
  CPU_SET(static_cast<std::size_t>(sched_getcpu()), &here);
  sched_setaffinity(0, sizeof(here), &here);
  sched_setaffinity(worker, sizeof(here), &here);
}

OtherProcessors::OtherProcessors(pid_t worker) {
  const auto there = last_processor(worker);
  if (!there) return;
  cpu_set_t others = before();
  CPU_CLR(*there, &others);
  sched_setaffinity(0, sizeof(others), &others);  // refused when there are none
}

}  // namespace rooflab::harness
