// main() of a lab's memory program: the memory that one call of one case needs besides its inputs
// and outputs, and the output of that very call verified.
//
//   labNN_memory --case=attention/4096x64 --worker=PATH --beside=PATH
//
// What is read is the peak of the worker's address space, from outside, while it stands still after
// the call (VmPeak, proc(5)). That is memory which was asked for, whether it was touched or given
// back since; no call of the operating system lowers it, and no byte can be kept outside of it but
// in the shared memory. So that has no room to spare:
//
//   beside   a worker of the course's own is sent the call without its kernel's name, and does
//            nothing: how much shared memory does the case take, how large is such a worker?
//   worker   the submission's is sent the whole call, with as much shared memory and no more:
//            how much larger is it than before the call?
//
// Before the call it may be larger than the course's own, for it has other code, by kLargerStart.
//
// Prints {"bytes": 65536}, or {"unmeasured": "why"} where the system tells no such peak. Exit
// status: 0 in both cases; 1 the kernel failed, explained on standard error as "key: value" lines;
// 2 wrong usage; 3 this machine cannot. The key comes in ROOFLAB_KEY.
#include <rooflab/testing/core/case.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <limits>
#include <stdexcept>
#include <string>

#include "programs/json.h"
#include "programs/one_call.h"
#include "session/remote.h"
#include "session/worker_memory.h"

namespace {

using rooflab::harness::Arena;
using rooflab::harness::Arguments;
using rooflab::harness::Defences;
using rooflab::harness::Session;
using rooflab::testing::Case;
using rooflab::testing::Key;

// Code, constants and static variables, and what the libraries that they use take at their start.
constexpr std::size_t kLargerStart = std::size_t{2} << 20U;
// Arguments need not begin in the same place of a cache line each time.
constexpr std::size_t kSlack = 64 * rooflab::harness::kMaxArguments;

/// This system does not tell.
struct NotTold : std::runtime_error {
  using std::runtime_error::runtime_error;
};

std::size_t peak(pid_t worker, const Defences& defences) {
  const char* line = defences.asked_for ? "VmPeak" : "VmHWM";  // HWM: of what was touched
  if (!defences.peak) line = "VmSize";
  const auto bytes = rooflab::harness::memory_status(worker, line);
  if (!bytes) throw NotTold("this system does not tell the peak of a process's memory");
  return *bytes;
}

/// Sees how large a worker is before its first call.
class BeforeCalls : public rooflab::harness::Observer {
 public:
  explicit BeforeCalls(const Defences& defences) : defences_(defences) {}
  void before(pid_t worker) override { least_ = std::min(least_, peak(worker, defences_)); }
  void during() override {}
  [[nodiscard]] std::size_t bytes() const { return least_; }

 private:
  Defences defences_;
  std::size_t least_ = std::numeric_limits<std::size_t>::max();
};

/// Leaves the kernel's name out of each call.
class Idle : public rooflab::harness::Observer {
 public:
  explicit Idle(Arena& arena) : arena_(arena) {}
  void before(pid_t /*worker*/) override { arena_.control().kernel.fill('\0'); }
  void during() override {}

 private:
  Arena& arena_;
};

/// A worker of the course's own, and the shared memory that the case takes.
struct Beside {
  std::size_t bytes = 0;
  std::size_t input_bytes = 0, output_bytes = 0;
};

Session::Options options_for(const std::string& program) {
  Session::Options options;
  options.program = program;
  options.deadline = {std::chrono::seconds(20), std::chrono::seconds(30)};
  options.fixed_places = true;
  return options;
}

std::size_t shared(const Arena& arena) { return arena.input_bytes() + arena.output_bytes(); }

Beside look_beside(const Arguments& given, const Case& measured, const Key& key) {
  Session::Options options = options_for(given.at("--beside"));
  const std::size_t enough = static_cast<std::size_t>(measured.bytes) + (1U << 20U);
  options.arena = std::make_shared<Arena>(enough, enough, options.fixed_places);
  Idle idle(*options.arena);
  options.observer = &idle;
  Session session(std::move(options));
  Session::set_current(&session);
  measured.prepare(key)->call();
  const Arena& arena = session.arena();
  const std::size_t bytes = peak(session.worker().pid(), session.defences()) - shared(arena);
  if (!session.defences().tight_arena) return {bytes, enough, enough};
  return {bytes, arena.inputs_ever_used() + kSlack, arena.outputs_ever_used() + kSlack};
}

int measure(const Arguments& given, const Case& measured) {
  const Key key = rooflab::testing::session_key();
  const Beside beside = look_beside(given, measured, key.derived(1));
  Session::Options options = options_for(given.at("--worker"));
  BeforeCalls before(options.policy.defences);
  options.observer = &before;
  options.input_bytes = beside.input_bytes;
  options.output_bytes = beside.output_bytes;
  Session session(std::move(options));
  Session::set_current(&session);
  const auto run = measured.prepare(key);
  run->call();
  const std::size_t after = peak(session.worker().pid(), session.defences());
  const auto failure = session.defences().verify ? run->verify() : std::nullopt;
  if (failure) {
    return rooflab::harness::report_failure(explain(measured.kernel, measured.call, *failure));
  }
  const std::size_t usual = beside.bytes + shared(session.arena()) + kLargerStart;
  const std::size_t start =
      session.defences().usual_start ? std::min(before.bytes(), usual) : before.bytes();
  std::printf("{\"bytes\": %zu}\n", std::max(after, start) - start);
  return 0;
}

int measure_or_say_why_not(const Arguments& given, const Case& measured) {
  try {
    return measure(given, measured);
  } catch (const NotTold& why) {
    std::printf("{\"unmeasured\": %s}\n", rooflab::harness::json_string(why.what()).c_str());
    return 0;
  }
}

}  // namespace

int main(int argc, char** argv) {
  return rooflab::harness::measure_one_call(argc, argv, {"--case", "--worker", "--beside"},
                                            measure_or_say_why_not);
}
