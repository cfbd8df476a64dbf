// The command line of a lab's harness programs: "--key=value" arguments.
#pragma once

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

}  // namespace rooflab::harness
