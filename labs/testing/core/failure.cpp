#include <rooflab/testing/core/failure.h>

namespace rooflab::testing {

std::string explain(std::string_view kernel, std::string_view call, const Failure& failure) {
  return explain(kernel, call, failure, call, failure);
}

std::string explain(std::string_view kernel, std::string_view call, const Failure& failure,
                    std::string_view found_at, const Failure& found) {
  std::string text = "kernel: " + std::string(kernel);
  const auto line = [&text](const char* key, std::string_view value) {
    if (!value.empty()) text.append("\n").append(key).append(": ").append(value);
  };
  line("reason", failure.reason);
  line("what", failure.what);
  line("call", call);
  line("first wrong", failure.first);
  line("expected", failure.expected);
  line("actual", failure.actual);
  line("wrong", failure.wrong);
  line("pattern", failure.pattern);
  line("threads", failure.threads);
  if (found_at != call) line("found at", found_at);
  const std::string tails = tail(found.region, failure.region);
  if (!tails.empty()) {
    line("pattern there", found.pattern + ": " + tails);
  } else if (found.pattern != failure.pattern) {
    line("pattern there", found.pattern);
  }
  return text;
}

}  // namespace rooflab::testing
