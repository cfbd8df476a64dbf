#include "instructions/sampler.h"

#include <signal.h>
#include <sys/prctl.h>

#include <array>
#include <thread>

namespace rooflab::harness {

void Sampler::before(pid_t worker) {
  prctl(PR_SET_TIMERSLACK, 1);  // sleeps end in time, and they leave the processor to the worker
  tracee_.emplace(worker);
  start_ = tracee_->registers().pc;
}

void Sampler::during() {
  std::uniform_int_distribution<std::int64_t> pause_ns(0, 2 * gap_.count());
  // The signal that wakes it comes to the tracer first.
  Tracee::Stop stop = Tracee::Stop::trapped;
  while (stop == Tracee::Stop::trapped) {
    tracee_->go_on();
    stop = tracee_->wait();
  }
  // Pauses begin anew where it goes on, so that samples cost no part of the call its chance.
  while (stop != Tracee::Stop::gone && tracee_->signal() != SIGSTOP) {
    tracee_->go_on();
    std::this_thread::sleep_for(std::chrono::nanoseconds(pause_ns(random_)));
    stop = tracee_->interrupt();
    if (stop == Tracee::Stop::trapped) take(tracee_->registers().pc);
  }
  tracee_.reset();  // lets it go on
}

void Sampler::take(std::uint64_t pc) {
  if (pc == start_) return;
  Sampled& site = sites_[pc];
  if (site.samples++ == 0) {
    std::array<std::byte, kLongestInstruction> code{};
    site.instruction = disassembler_.decode(tracee_->read(pc, code), pc);
  }
  ++samples_;
}

}  // namespace rooflab::harness
