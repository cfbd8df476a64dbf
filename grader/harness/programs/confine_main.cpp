// rooflab_confine: runs a tool (the compiler, on a submission) with only the files it needs.
//
//   rooflab_confine --read=PATH … --write=PATH … --memory=BYTES --file=BYTES --cpu=SECONDS
//                   --env=NAME=VALUE … [--tests] -- /usr/bin/g++ …
//
// With --tests the program is no tool, but holds a submission (Policy::Kind::tests); it needs a
// system with Landlock. The tool keeps the working directory and descriptors 0 to 2; any other is
// closed. Exit status: the tool's own; 125 wrong usage; 126 a part of the sandbox that this system
// offers could not be prepared; 127 it could not be put on.
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <optional>
#include <string>
#include <string_view>

#include "sandbox/sandbox.h"

namespace {

using rooflab::harness::Policy;

std::optional<Policy> parse(int argc, char** argv) {
  Policy policy;
  policy.kind = Policy::Kind::tool;
  policy.argv.clear();
  policy.limits.stack_bytes = 0;
  for (int i = 1; i < argc; ++i) {
    const std::string argument = argv[i];
    if (argument == "--") {
      policy.argv.assign(argv + i + 1, argv + argc);
      break;
    }
    if (argument == "--tests") {
      policy.kind = Policy::Kind::tests;
      continue;
    }
    const std::size_t equals = argument.find('=');
    if (equals == std::string::npos) return std::nullopt;
    const std::string key = argument.substr(0, equals);
    const std::string value = argument.substr(equals + 1);
    if (key == "--read") {
      policy.readable.push_back(value);
    } else if (key == "--write") {
      policy.writable.push_back(value);
    } else if (key == "--env") {
      policy.environment.push_back(value);
    } else if (key == "--memory") {
      policy.limits.memory_bytes = std::strtoull(value.c_str(), nullptr, 10);
    } else if (key == "--file") {
      policy.limits.file_bytes = std::strtoull(value.c_str(), nullptr, 10);
    } else if (key == "--cpu") {
      policy.limits.cpu_seconds = std::strtoull(value.c_str(), nullptr, 10);
    } else {
      return std::nullopt;
    }
  }
  if (policy.argv.empty()) return std::nullopt;
  return policy;
}

}  // namespace

int main(int argc, char** argv) {
  const auto policy = parse(argc, argv);
  if (!policy) {
    std::fprintf(stderr, "usage: rooflab_confine [--read=PATH] [--write=PATH] … -- PROGRAM …\n");
    return 125;
  }
  try {
    const rooflab::harness::Fd program(open(policy->argv.front().c_str(), O_RDONLY | O_CLOEXEC));
    if (program.get() < 0) {
      std::perror(policy->argv.front().c_str());
      return 125;
    }
    if (policy->kind == Policy::Kind::tests && rooflab::harness::available().landlock_abi <= 0) {
      std::fprintf(stderr, "rooflab_confine: this kernel does not offer Landlock\n");
      return 126;
    }
    rooflab::harness::Sandbox sandbox(program.get(), *policy);
    constexpr unsigned kCloseOnExec = 1U << 2U;
    syscall(SYS_close_range, 3, ~0U, kCloseOnExec);
    sandbox.become_tool(program.get());
  } catch (const std::exception& error) {
    std::fprintf(stderr, "rooflab_confine: %s\n", error.what());
    return 126;
  }
}
