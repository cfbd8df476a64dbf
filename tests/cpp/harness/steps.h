// Instructions that can be counted by hand: see steps.cpp and stepper_tests.cpp.
#pragma once

#include <cstdint>

enum class Steps : std::int64_t {
  nothing,
  ten_packed,
  ten_scalar,
  dead_vectors,
  repeated_move,
  hidden,
  allocates,
  prints,
  divides_by_zero,
  for_ever,
};
