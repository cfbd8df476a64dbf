#include "instructions/stepper.h"

#include <signal.h>
#include <sys/syscall.h>

#include <algorithm>
#include <cstring>

#include "worker/protocol.h"

namespace rooflab::harness {
namespace {

constexpr std::uint64_t kLongestLoop = 4096;  // in bytes

// What allocators ask for, and the worker's own main() at its end. These calls compute nothing, and
// they come back at once.
bool harmless(const Registers& now) {
  if (now.call == SYS_write) return now.descriptor == kBellFd;
  static constexpr std::array<std::uint64_t, 8> kCalls{
      SYS_brk, SYS_mmap, SYS_munmap, SYS_mremap, SYS_madvise, SYS_mprotect, SYS_getpid, SYS_gettid};
  return std::ranges::find(kCalls, now.call) != kCalls.end();
}

}  // namespace

void Stepper::during() {
  executed_ = {};
  std::uint64_t last = 0;
  for (std::int64_t steps = 0;; ++steps) {
    if (steps >= max_) {
      executed_.cut_short = "it takes more than " + std::to_string(max_) + " steps";
      break;
    }
    const std::uint64_t pc = tracee_->registers().pc;
    const Instruction& next = instruction_at(pc);
    if (!counts_on(next)) break;
    // The processor steps each repetition of a string instruction.
    if (pc != last) executed_.add(next.kind);
    last = pc;
    const Tracee::Stop stop = tracee_->step();
    if (stop == Tracee::Stop::gone) break;
    if (stop == Tracee::Stop::signalled && tracee_->signal() != SIGCONT) {
      const char* name = sigabbrev_np(tracee_->signal());
      executed_.cut_short = std::string("it gets the signal SIG") + (name != nullptr ? name : "?");
      break;
    }
    if (!defences_.executed && next.target != 0 && next.target < pc &&
        tracee_->registers().pc == next.target) {
      add_loop(next);
    }
  }
  tracee_.reset();  // lets it go on
  together_.reset();
}

// Whether the count can go on behind that instruction; says why not.
bool Stepper::counts_on(const Instruction& next) {
  if (next.hides && defences_.whole_call) {
    executed_.cut_short = "others hide behind its instruction " + next.text;
    return false;
  }
  if (!next.system_call) return true;
  const Registers now = tracee_->registers();
  const bool done = now.call == SYS_tgkill && now.signal == SIGSTOP;
  if (harmless(now)) return true;
  if (!done && defences_.whole_call) {
    executed_.cut_short =
        "it makes the system call " + system_call_name(static_cast<int>(now.call));
  }
  return false;
}

// The bytes are read each time: nothing that writes to its own code is counted as what it was.
const Instruction& Stepper::instruction_at(std::uint64_t address) {
  Decoded now;
  const auto code = tracee_->read(address, now.code);
  Decoded& known = known_[address];
  if (known.code != now.code || known.instruction.address != address) {
    now.instruction = disassembler_.decode(code, address);
    known = now;
  }
  return known.instruction;
}

// Counts a loop by what lies in it, as a look at the program would: only without the defence.
void Stepper::add_loop(const Instruction& jump) {
  for (std::uint64_t at = jump.target; at < jump.address && jump.address - at < kLongestLoop;) {
    const Instruction& next = instruction_at(at);
    if (next.bytes == 0) return;
    executed_.add(next.kind);
    at += next.bytes;
  }
}

}  // namespace rooflab::harness
