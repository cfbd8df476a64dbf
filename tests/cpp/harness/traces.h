// Loads and stores whose cache misses can be counted by hand: see traces.cpp and
// emulator_tests.cpp.
#pragma once

#include <cstdint>

enum class Trace : std::int64_t {
  nothing,
  every_float,
  every_line_twice,
  eight_lines_of_a_set,
  nine_lines_of_a_set,
  add_to_memory,
  sixteen_bytes_in_a_line,
  sixteen_bytes_across_lines,
  eight_bytes_across_pages,
  sixteen_bytes_across_pages,
  store_across_pages,
  ten_bytes,
  repeated_store,
  repeated_move,
  push_and_pop,
};
