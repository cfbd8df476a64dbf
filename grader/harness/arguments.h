// The command line of a lab's harness programs: "--key=value" arguments, and the case they name.
#pragma once

#include <case.h>

#include <cstdio>
#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace rooflab::harness {

using Arguments = std::map<std::string, std::string>;

/// Values by key ("--case"). Nothing, and a word on standard error, when a needed one is missing.
inline std::optional<Arguments> read_arguments(int argc, char** argv,
                                               std::initializer_list<const char*> needed) {
  Arguments given;
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    const std::size_t equals = argument.find('=');
    if (equals == std::string_view::npos) continue;
    given[std::string(argument.substr(0, equals))] = argument.substr(equals + 1);
  }
  for (const char* key : needed) {
    if (given.contains(key)) continue;
    std::fprintf(stderr, "missing %s=…\n", key);
    return std::nullopt;
  }
  return given;
}

/// The case of that name. Nothing, and a word on standard error, when bench.cpp has none.
inline std::optional<testing::Case> find_case(const std::string& name) {
  for (const testing::Case& measured : testing::cases()) {
    if (measured.name == name) return measured;
  }
  std::fprintf(stderr, "bench.cpp has no case %s\n", name.c_str());
  return std::nullopt;
}

}  // namespace rooflab::harness
