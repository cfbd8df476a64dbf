// What the tools of lab 06 take and give.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

namespace rooflab {

/// What a number of samples is like.
struct Summary {
  std::int64_t count;
  double least, median, mean, deviation, greatest;
};

struct Interval {
  double low, high;
};

/// Two programs compared by the times they took.
struct Comparison {
  double speedup;     // how many times as fast the second is
  Interval interval;  // of the speedup
  double p;           // how often times that do not differ would look as different as these
  bool significant;
};

/// Tells the time in nanoseconds, since any moment.
using Clock = std::function<std::int64_t()>;

/// How an operation is to be timed.
struct ProfileOptions {
  int warm_ups;           // calls before the first that is timed
  int samples;            // how many are wanted
  std::int64_t least_ns;  // that the clock shows for a sample
  std::int64_t most_ns;   // for all samples together, those to find the number of calls included
};

/// How long one call of an operation takes.
struct Profile {
  std::int64_t calls;           // of the operation in each sample
  std::vector<double> samples;  // nanoseconds per call, in the order in which they were taken
};

/// What one core can do.
struct Roof {
  double gflops;         // 10⁹ floating-point operations a second
  double bandwidth_gbs;  // 10⁹ bytes a second, from and to memory
};

enum class Bottleneck : std::int32_t { memory, compute, both };

/// The misses that an operation has, and which event counted them; {-1, -1} if none did.
struct Misses {
  std::int64_t count;
  std::int32_t event;  // its place in the list of those that were asked for
};

/// One of a program's configurations: for each axis, the place of its value, from 0 on.
using Configuration = std::vector<std::int64_t>;

}  // namespace rooflab
