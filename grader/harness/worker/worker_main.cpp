// main() of every worker: maps the arena, then stops, serves a request, stops, …
//
// It rings the bell and stops itself with SIGSTOP to say "ready" and "done"; the harness's SIGCONT
// says "go". The handler for fatal signals leaves a note about the fault in the control page and
// lets the signal end the process.
#include <sys/mman.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

#include <csignal>
#include <cstdint>
#include <cstring>
#include <new>

#include "worker/worker.h"

namespace rooflab::harness {

Control* control = nullptr;

namespace {

// The bell is only a hint: without it, the harness would see the stop a little later.
void stop_myself() {
  const std::uint64_t once = 1;
  syscall(SYS_write, kBellFd, &once, sizeof(once));
  syscall(SYS_tgkill, getpid(), gettid(), SIGSTOP);
}

void note_fault(int number, siginfo_t* info, void* /*context*/) {
  if (control != nullptr) {
    control->fault.signal = number;
    if (number == SIGSYS) {
      control->fault.system_call = info->si_syscall;
    } else {
      control->fault.address = reinterpret_cast<std::uintptr_t>(info->si_addr);
    }
  }
  std::signal(number, SIG_DFL);
  syscall(SYS_tgkill, getpid(), gettid(), number);
}

// Before the submission's own static constructors, so that their faults are noted too.
[[gnu::constructor(101)]] void prepare() {
  void* page = mmap(nullptr, sizeof(Control), PROT_READ | PROT_WRITE, MAP_SHARED, kControlFd, 0);
  if (page != MAP_FAILED) control = static_cast<Control*>(page);

  static std::byte alternate[64 * 1024];  // a stack for the handler when the stack has overflowed
  stack_t stack{};
  stack.ss_sp = alternate;
  stack.ss_size = sizeof(alternate);
  sigaltstack(&stack, nullptr);
  struct sigaction action {};
  action.sa_sigaction = note_fault;
  action.sa_flags = static_cast<int>(SA_SIGINFO | SA_ONSTACK | SA_RESETHAND);
  for (const int number : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGSYS}) {
    sigaction(number, &action, nullptr);
  }
}

std::byte* map(int fd, std::uint64_t address, std::uint64_t bytes, int protection) {
  const int flags = MAP_SHARED | MAP_FIXED_NOREPLACE | (control->populate != 0 ? MAP_POPULATE : 0);
  void* place = mmap(reinterpret_cast<void*>(address), bytes, protection, flags, fd, 0);
  close(fd);
  return place == MAP_FAILED ? nullptr : static_cast<std::byte*>(place);
}

void serve(const Regions& regions) {
  if (control->kernel.front() == '\0') return;
  try {
    for (const Entry& kernel : kernels) {
      if (std::strcmp(kernel.name, control->kernel.data()) == 0) {
        control->result = kernel.invoke(*control, regions);
        return;
      }
    }
    control->fault.exception = static_cast<std::int32_t>(Exception::unknown_kernel);
  } catch (const std::bad_alloc&) {
    control->fault.exception = static_cast<std::int32_t>(Exception::out_of_memory);
  } catch (...) {
    control->fault.exception = static_cast<std::int32_t>(Exception::other);
  }
}

}  // namespace
}  // namespace rooflab::harness

int main() {
  using namespace rooflab::harness;
  if (control == nullptr) return 1;
  const Regions regions{
      map(kInputsFd, control->inputs_address, control->inputs_bytes, PROT_READ),
      map(kOutputsFd, control->outputs_address, control->outputs_bytes, PROT_READ | PROT_WRITE)};
  close(kControlFd);
  if (regions.inputs == nullptr || regions.outputs == nullptr) return 1;
  for (;;) {
    stop_myself();
    serve(regions);
  }
}
