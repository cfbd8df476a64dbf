#include "simulator_log.h"

#include <seccomp.h>
#include <sys/mman.h>

#include <charconv>

namespace rooflab::harness {
namespace {

constexpr std::string_view kMark = "SYSCALL[";

// What stands behind `mark` for the given time; empty when it is not there so often.
std::string_view behind(std::string_view text, char mark, int times = 1) {
  for (; times > 0; --times) {
    const std::size_t at = text.find(mark);
    if (at == std::string_view::npos) return {};
    text.remove_prefix(at + 1);
  }
  return text;
}

std::optional<int> number_at(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  int number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  return read.ec == std::errc() ? std::optional(number) : std::nullopt;
}

// Whether mmap or mprotect ask for memory that holds code: their third argument tells.
bool asks_for_code(std::string_view arguments) {
  const auto protection = number_at(behind(arguments, ',', 2));
  return !protection || (*protection & PROT_EXEC) != 0;
}

}  // namespace

std::optional<std::string> forbidden_call(std::string_view log, const Limits& limits) {
  for (std::size_t at = log.find(kMark); at != std::string_view::npos;
       at = log.find(kMark, at + kMark.size())) {
    const std::string_view line = log.substr(at, log.find('\n', at) - at);
    const std::string_view call = behind(line, '(');
    const auto number = number_at(call);
    if (!number) return "something that it hides";
    if (!kernel_may_call(*number, limits)) return system_call_name(*number);
    const bool maps = *number == SCMP_SYS(mmap) || *number == SCMP_SYS(mprotect);
    if (maps && asks_for_code(behind(call, '('))) return "memory that holds code";
  }
  return std::nullopt;
}

}  // namespace rooflab::harness
