#include "session/remote.h"

#include <fcntl.h>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstdlib>
#include <system_error>

#include "session/pilot.h"
#include "session/processors.h"

namespace rooflab::harness {
namespace {

Session* current_session = nullptr;

Fd open_program(const std::string& path) {
  Fd fd(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (fd.get() < 0) throw std::system_error(errno, std::generic_category(), path);
  return fd;
}

// std::copy goes byte by byte where it cannot see that the two do not overlap.
void copy_bytes(std::byte* to, const std::byte* from, std::size_t bytes) {
  if (bytes > 0) std::memcpy(to, from, bytes);
}

std::size_t past_line(const void* pointer) { return std::bit_cast<std::uintptr_t>(pointer) % 64; }

// How tests place an input that nothing may be read behind (rooflab/testing/core/placed.h). What is
// timed begins with a page.
bool is_at_page_end(std::span<const std::byte> input) {
  constexpr std::uintptr_t kPage = 4096;
  const auto first = std::bit_cast<std::uintptr_t>(input.data());
  return first % kPage != 0 && (first + input.size()) % kPage == 0;
}

}  // namespace

Session::Session(Options options)
    : options_(std::move(options)),
      program_(open_program(options_.program)),
      allowance_(options_.program),
      arena_(options_.arena != nullptr
                 ? options_.arena
                 : std::make_shared<Arena>(options_.input_bytes, options_.output_bytes,
                                           options_.fixed_places,
                                           options_.policy.defences.sealed_inputs)),
      processors_(options_.timed == Timed::threads
                      ? processors_for_each(options_.policy.limits.threads)
                      : 0) {}

Session& Session::current() {
  if (current_session == nullptr) {
    const char* program = std::getenv("ROOFLAB_WORKER");
    const char* threads = std::getenv("ROOFLAB_THREADS");
    if (program == nullptr) throw LaunchError("ROOFLAB_WORKER names no worker program");
    Options options;
    options.program = program;
    if (threads != nullptr) options.policy.limits.threads = std::max(1, std::stoi(threads));
    static Session session(std::move(options));
    current_session = &session;
  }
  return *current_session;
}
void Session::set_current(Session* session) { current_session = session; }

void Session::start_worker() {
  if (worker_ || never_starts_) return;
  if (allowance_.left() <= std::chrono::nanoseconds(0)) {
    throw KernelFailure("timed_out", Allowance::kNoneLeft);
  }
  worker_.emplace(program_.get(), *arena_, options_.policy, allowance_, options_.populate,
                  options_.emulated, processors_);
}

WorkerProcess& Session::worker() {
  start_worker();
  if (never_starts_)
    throw KernelFailure("timed_out", "did not even start: code before main does not end");
  try {
    worker_->wait_until_ready();
  } catch (const KernelFailure& failure) {
    never_starts_ = failure.reason == "timed_out";
    end_worker();
    throw;
  }
  return *worker_;
}

void Session::call() {
  const std::string kernel(arena_->control().kernel.data());
  if (!kernel.empty() && kernel == hung_kernel_)
    throw KernelFailure("timed_out", "did not return from an earlier call");
  try {
    last_cost_ = timed_call();
  } catch (const KernelFailure& failure) {
    if (failure.reason == "timed_out") hung_kernel_ = kernel;
    end_worker();
    throw;
  }
}

CallCost Session::timed_call() {
  if (options_.timed == Timed::no) return worker().call(options_.deadline, options_.observer);
  WorkerProcess& ready = worker();
  const auto between_pilots = [&](const auto& pilot) {
    const std::int64_t before = pilot();
    CallCost cost = ready.call(options_.deadline);
    // The mean: after a kernel with wide vectors the clock is slower for a while.
    cost.pilot_ns = (before + pilot()) / 2;
    return cost;
  };
  if (options_.timed == Timed::threads) {
    // Threads of a worker that does not spread them go where the first one may.
    const bool spreads = arena_->control().spreads != 0;
    const OtherProcessors kept(ready.pid(), spreads ? processors_ : 0);
    if (processors_ == 0) return ready.call(options_.deadline);
    return between_pilots([&] { return run_pilots(processors_); });
  }
  const SameProcessor kept(ready.pid());
  return between_pilots(run_pilot);
}

namespace detail {

CallBuilder::CallBuilder(Arena& arena, std::string_view kernel) : arena_(arena), kernel_(kernel) {
  arena_.clear();
  Control& control = arena_.control();
  control.kernel.fill(0);
  std::ranges::copy(kernel.substr(0, control.kernel.size() - 1), control.kernel.begin());
  control.arguments.fill({});
  control.result = 0;
}

void CallBuilder::place(std::size_t index, std::span<std::byte> output) {
  const std::int64_t offset = arena_.place_output(output.size(), past_line(output.data()));
  copy_bytes(arena_.output(offset), output.data(), output.size());
  arena_.control().arguments[index] = {Region::outputs, offset, {}};
  copies_.push_back({output.data(), offset, output.size()});
}

void CallBuilder::place(std::size_t index, std::span<const std::byte> input) {
  const auto same =
      std::ranges::find(copies_, input.data(), [](const CopyBack& c) { return c.to; });
  if (same != copies_.end() && !input.empty()) {  // in place
    arena_.control().arguments[index] = {Region::outputs, same->offset, {}};
    return;
  }
  const std::int64_t offset = is_at_page_end(input)
                                  ? arena_.place_input_at_end(input.size())
                                  : arena_.place_input(input.size(), past_line(input.data()));
  copy_bytes(arena_.input(offset), input.data(), input.size());
  arena_.control().arguments[index] = {Region::inputs, offset, {}};
}

void CallBuilder::finish(bool check_red_zones) {
  switch (static_cast<Exception>(arena_.control().fault.exception)) {
    case Exception::out_of_memory:
      throw KernelFailure("too_much_memory", "asked for more memory than it may have (bad_alloc)");
    case Exception::other:
      throw KernelFailure("crashed", "threw an exception");
    case Exception::unknown_kernel:
      // Worker and proxies know the same kernels (kernels.def): a submission's worker can only say
      // so to deceive, and earns nothing by it. One of ours that says so is the course's mistake.
      throw KernelFailure("internal", "the worker knows no kernel " + std::string(kernel_) +
                                          ": a fault of the course");
    case Exception::none:
      break;
  }
  if (check_red_zones && !arena_.red_zones_intact()) {
    throw KernelFailure("out_of_bounds", "wrote in front of or behind one of its outputs");
  }
  for (const CopyBack& copy : copies_) {
    copy_bytes(copy.to, arena_.output(copy.offset), copy.bytes);
  }
}

}  // namespace detail
}  // namespace rooflab::harness
