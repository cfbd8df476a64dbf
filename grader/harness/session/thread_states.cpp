#include "session/thread_states.h"

#include <fcntl.h>
#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <system_error>

#include "sandbox/descriptor.h"
#include "sandbox/sandbox.h"

namespace rooflab::harness {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxThreads = 16;    // that are told of
constexpr std::size_t kMaxAddresses = 16;  // of each
constexpr std::size_t kStackBytes = 16 * 1024;

std::string process(pid_t pid) { return "/proc/" + std::to_string(pid); }

std::vector<pid_t> threads_of(pid_t pid) {
  std::vector<pid_t> threads;
  std::error_code gone;
  for (const auto& task : fs::directory_iterator(process(pid) + "/task", gone)) {
    threads.push_back(std::stoi(task.path().filename()));
  }
  std::ranges::sort(threads);
  return threads;
}

// A line of /proc/PID/task/TID/syscall: the call that a thread is in, its arguments, and where
// stack and program counter stand; a number below 0 for no call. "running" has none of it.
struct Asleep {
  long call = -1;
  std::array<std::uint64_t, 6> arguments{};
  std::uint64_t stack = 0;
  std::uint64_t counter = 0;
};
std::optional<Asleep> asleep(pid_t pid, pid_t thread) {
  std::ifstream file(process(pid) + "/task/" + std::to_string(thread) + "/syscall");
  Asleep state;
  if (!(file >> state.call)) return std::nullopt;
  file >> std::hex;
  if (state.call >= 0) {
    for (std::uint64_t& argument : state.arguments) file >> argument;
  }
  if (!(file >> state.stack >> state.counter)) return std::nullopt;
  return state;
}

bool waits_without_limit(const Asleep& state) {
  const std::uint64_t operation = state.arguments[1] & static_cast<std::uint64_t>(FUTEX_CMD_MASK);
  return state.call == SYS_futex && (operation == FUTEX_WAIT || operation == FUTEX_WAIT_BITSET) &&
         state.arguments[3] == 0;  // the timeout
}

// A thread that has ended, and is not yet gone.
bool ended(pid_t pid, pid_t thread) {
  std::ifstream file(process(pid) + "/task/" + std::to_string(thread) + "/stat");
  std::string text;
  std::getline(file, text);
  const std::size_t state = text.rfind(") ");  // a thread may have any name
  return state == std::string::npos || text[state + 2] == 'Z' || text[state + 2] == 'X';
}

// Where the worker's code lies: it can map no other.
struct Code {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
};
Code code_of(pid_t pid) {
  std::ifstream maps(process(pid) + "/maps");
  std::string line;
  while (std::getline(maps, line)) {
    Code code;
    char dash = 0;
    std::string rights;
    std::istringstream words(line);
    if (words >> std::hex >> code.begin >> dash >> code.end >> rights && rights == "r-xp") {
      return code;
    }
  }
  return {};
}

std::size_t read_memory(const Fd& memory, std::uint64_t address, void* to, std::size_t bytes) {
  const ssize_t got = pread(memory.get(), to, bytes, static_cast<off_t>(address));
  return got > 0 ? static_cast<std::size_t>(got) : 0;
}

// Whether a call instruction ends right in front of `address` (Intel's manual, volume 2: E8 with a
// distance, or FF /2 with a register or an address of 2 to 7 bytes).
bool follows_a_call(const Fd& memory, std::uint64_t address) {
#ifdef __x86_64__
  std::array<unsigned char, 7> before{};
  if (read_memory(memory, address - before.size(), before.data(), before.size()) != before.size()) {
    return false;
  }
  if (before[2] == 0xE8) return true;
  for (std::size_t i = 0; i + 2 <= before.size(); ++i) {
    if (before[i] == 0xFF && (before[i + 1] >> 3U & 7U) == 2) return true;
  }
  return false;
#else
  return address != 0 && memory.get() >= 0;
#endif
}

}  // namespace

std::vector<ThreadState> thread_states(pid_t pid) {
  const Fd memory(open((process(pid) + "/mem").c_str(), O_RDONLY | O_CLOEXEC));
  const Code code = code_of(pid);
  const auto in_code = [&](std::uint64_t a) { return a >= code.begin + 16 && a < code.end; };
  std::vector<ThreadState> states;
  for (const pid_t thread : threads_of(pid)) {
    const auto state = asleep(pid, thread);
    if (!state || ended(pid, thread)) continue;
    ThreadState& found = states.emplace_back();
    if (state->call >= 0) found.waits_in = system_call_name(static_cast<int>(state->call));
    if (in_code(state->counter)) found.addresses.push_back(state->counter);
    std::vector<std::uint64_t> stack(kStackBytes / sizeof(std::uint64_t));
    stack.resize(read_memory(memory, state->stack, stack.data(), kStackBytes) /
                 sizeof(std::uint64_t));
    for (const std::uint64_t word : stack) {
      if (found.addresses.size() == kMaxAddresses) break;
      if (in_code(word) && follows_a_call(memory, word)) found.addresses.push_back(word - 1);
    }
    if (states.size() == kMaxThreads) break;
  }
  return states;
}

std::string as_text(const std::vector<ThreadState>& states) {
  std::ostringstream text;
  text << std::hex << std::showbase;
  for (const ThreadState& state : states) {
    if (&state != &states.front()) text << "; ";
    text << (state.waits_in.empty() ? "computing" : state.waits_in);
    for (const std::uint64_t address : state.addresses) text << " " << address;
  }
  return text.str();
}

bool all_wait_for_each_other(pid_t pid) {
  bool any = false;
  for (const pid_t thread : threads_of(pid)) {
    if (ended(pid, thread)) continue;
    const auto state = asleep(pid, thread);
    if (!state || !waits_without_limit(*state)) return false;
    any = true;
  }
  return any;
}

}  // namespace rooflab::harness
