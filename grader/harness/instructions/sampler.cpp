#include "instructions/sampler.h"

#include <signal.h>
#include <sys/prctl.h>

#include <algorithm>
#include <array>
#include <thread>
#include <vector>

namespace rooflab::harness {
namespace {

using Clock = std::chrono::steady_clock;
}  // namespace

Sampler::Sampler(std::chrono::nanoseconds typical, std::chrono::nanoseconds gap)
    : typical_(typical), per_call_(std::max<std::int64_t>(1, typical / gap)) {}

void Sampler::before(pid_t worker) {
  prctl(PR_SET_TIMERSLACK, 1);  // sleeps end in time, and they leave the processor to the worker
  tracee_.emplace(worker);
  start_ = tracee_->registers().pc;
}

void Sampler::during() {
  std::uniform_int_distribution<std::int64_t> within(0, typical_.count());
  std::vector<std::int64_t> moments(static_cast<std::size_t>(per_call_));
  std::ranges::generate(moments, [&] { return within(random_); });
  std::ranges::sort(moments);
  // The signal that wakes it comes to the tracer first.
  Tracee::Stop stop = Tracee::Stop::trapped;
  while (stop == Tracee::Stop::trapped) {
    tracee_->go_on();
    stop = tracee_->wait();
  }
  const auto start = Clock::now();
  for (const std::int64_t moment : moments) {
    if (stop == Tracee::Stop::gone || tracee_->signal() == SIGSTOP) break;
    tracee_->go_on();
    std::this_thread::sleep_until(start + std::chrono::nanoseconds(moment));
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
