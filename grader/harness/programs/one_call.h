// main() of a program that makes one call of one case and measures it.
#pragma once

#include <rooflab/testing/core/case.h>

#include <cstdio>
#include <exception>
#include <initializer_list>
#include <string>

#include "programs/arguments.h"
#include "session/remote.h"

namespace rooflab::harness {

/// Says why a kernel is not accepted, on lines of its own: it may have printed half of one. The
/// program's exit status.
inline int report_failure(const std::string& why) {
  std::fprintf(stderr, "\n%s\n", why.c_str());
  return 1;
}

/// Prints the cases of the lab: name, floating-point operations, bytes.
inline int list_cases() {
  for (const testing::Case& measured : testing::cases()) {
    std::printf("%s %.0f %.0f\n", measured.name.c_str(), measured.flops, measured.bytes);
  }
  return 0;
}

/// Runs `measure(arguments, case)` for the case that --case names. The program's exit status: that
/// of `measure`, 1 for a kernel that failed, 2 for wrong arguments, 3 for any other trouble.
template <class Measure>
int measure_one_call(int argc, char** argv, std::initializer_list<const char*> needed,
                     Measure measure) {
  const auto given = read_arguments(argc, argv, needed);
  if (!given) return 2;
  const auto measured = testing::find_case(given->at("--case"));
  if (!measured) return 2;
  try {
    return measure(*given, *measured);
  } catch (const KernelFailure& failure) {
    return report_failure(failure.what());
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 3;
  }
}

}  // namespace rooflab::harness
