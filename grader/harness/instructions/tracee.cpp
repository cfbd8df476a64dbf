#include "instructions/tracee.h"

#include <linux/capability.h>
#include <signal.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <string>
#include <utility>

namespace rooflab::harness {
namespace {

constexpr int kEventShift = 8;

[[noreturn]] void fail(const char* what) {
  throw NotTraceable(std::string("workers cannot be traced here: ") + what + ": " +
                     std::strerror(errno));
}

}  // namespace

bool may_trace_other_users() {
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  std::array<__user_cap_data_struct, 2> ours{};
  if (syscall(SYS_capget, &header, ours.data()) != 0) return false;
  return (ours[0].effective & (1U << CAP_SYS_PTRACE)) != 0;
}

Tracee::Tracee(pid_t pid) : pid_(pid) {
#ifndef __x86_64__
  throw NotTraceable("instructions are looked at on x86-64 only");
#endif
  if (ptrace(PTRACE_SEIZE, pid_, nullptr, PTRACE_O_EXITKILL) != 0) fail("PTRACE_SEIZE");
  wait();
}

Registers Tracee::registers() const {
#ifdef __x86_64__
  user_regs_struct all{};
  if (ptrace(PTRACE_GETREGS, pid_, nullptr, &all) != 0) fail("PTRACE_GETREGS");
  return {all.rip, all.rax, all.rdi, all.rdx};
#else
  return {};
#endif
}

std::span<std::byte> Tracee::read(std::uint64_t address, std::span<std::byte> into) const {
  iovec here{into.data(), into.size()};
  // Two parts, for a transfer ends in front of the first part that is not all there.
  constexpr std::uint64_t kPage = 4096;
  const std::size_t first = std::min<std::size_t>(into.size(), kPage - address % kPage);
  const auto at = [](std::uint64_t place) { return reinterpret_cast<void*>(place); };
  const iovec there[] = {{at(address), first}, {at(address + first), into.size() - first}};
  const ssize_t got = process_vm_readv(pid_, &here, 1, there, 2, 0);
  if (got < 0) fail("process_vm_readv");
  return into.first(static_cast<std::size_t>(got));
}

void Tracee::resume(int request) {
  // Fails when it was killed meanwhile, which the wait that follows tells.
  ptrace(static_cast<__ptrace_request>(request), pid_, nullptr, std::exchange(signal_, 0));
}

Tracee::Stop Tracee::step() {
  resume(PTRACE_SINGLESTEP);
  return wait();
}

void Tracee::go_on() { resume(PTRACE_CONT); }

Tracee::Stop Tracee::interrupt() {
  ptrace(PTRACE_INTERRUPT, pid_, nullptr, nullptr);
  return wait();
}

Tracee::Stop Tracee::wait() {
  siginfo_t info{};
  // Peeks: resuming forgets a trap, and an end stays for whoever collects it.
  while (waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WSTOPPED | WNOWAIT) != 0) {
    if (errno != EINTR) fail("waitid");
  }
  if (info.si_code != CLD_TRAPPED && info.si_code != CLD_STOPPED) {
    attached_ = false;
    return Stop::gone;
  }
  const bool event = info.si_status >> kEventShift != 0;
  if (event || info.si_status == SIGTRAP) return Stop::trapped;
  signal_ = info.si_status;
  return Stop::signalled;
}

void Tracee::detach() {
  if (!std::exchange(attached_, false)) return;
  resume(PTRACE_DETACH);
}

}  // namespace rooflab::harness
