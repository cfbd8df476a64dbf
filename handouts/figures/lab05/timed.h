// What the programs of lab 05's figures time a case with.
#pragma once

#include <rooflab/testing/core/case.h>

#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>

#include "../rounds.h"

namespace figures {

/// CPU time of one call, of all threads: the mean of a few milliseconds of calls, with the operands
/// in a cache before them. Ends the program if the result is wrong.
inline std::function<double()> timed(const rooflab::testing::Case& one) {
  constexpr double kRoundNs = 3e6;
  const std::shared_ptr<rooflab::testing::Run> run = one.prepare(rooflab::testing::next_key());
  run->call();
  if (const auto failure = run->verify()) {
    std::fprintf(stderr, "%s\n", explain(one.kernel, one.call, *failure).c_str());
    std::exit(1);
  }
  return [run] {
    run->call();
    const double begin = now_ns(CLOCK_PROCESS_CPUTIME_ID);
    double calls = 0, time = 0;
    while (time < kRoundNs) {
      run->call();
      ++calls;
      time = now_ns(CLOCK_PROCESS_CPUTIME_ID) - begin;
    }
    return time / calls;
  };
}

}  // namespace figures
