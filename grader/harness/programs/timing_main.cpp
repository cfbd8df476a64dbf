// main() of a lab's timing program: one case, several workers in turns.
//
//   labNN_timing --case=matmul_blocked/512 --rounds=5 --first_round=0 --budget_s=12 --threads=1
//                --worker=baseline:PATH --worker=submission:PATH --worker=reference:PATH
//                [--case_of=ROLE:CASE …] --benchmark_out=FILE --benchmark_out_format=json
//
// All roles run the case, but for those that --case_of gives another. The case "copy" is none of
// bench.cpp: the probe copies as many bytes as the case moves (programs/copy.h).
//
// A round is one turn of each worker, in random order. A turn is a fresh worker process, a problem
// that nobody has seen, the call, its verification, and the end of the worker: nothing outlives it.
// If the first call of a turn was quick, it was the warm-up, and more calls on further problems
// follow: the shorter they are, the more. What counts is the faster half of them, for noise makes
// times longer, hardly ever shorter (grader/rooflab/measure/estimates.py does the same with the
// rounds). Rounds that would begin after the budget is spent are left out, all but the first two:
// their turns fail with "the time is up". `--list` prints the names of all cases. Google Benchmark
// records the results (manual time); a turn is a benchmark named CASE/ROLE/ROUND with the counters
// cpu_ns, wall_ns, run_delay_ns, pilot_ns (means of the calls that count; of the pilots around
// them: pilot.h; 0 with several threads), flops and bytes (of a call), calls,
// spent_ns (wall time of all calls, the warm-up's too) and overhead_ns, the cost of an empty call,
// measured on the baseline's worker and already subtracted. The secret key comes in ROOFLAB_KEY:
// each call's problem has one of its own, derived from it, the round, the role and the call.
#include <benchmark/benchmark.h>
#include <malloc.h>
#include <rooflab/testing/core/case.h>
#include <rooflab/testing/core/random.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "programs/copy.h"
#include "session/remote.h"

namespace {

namespace harness = rooflab::harness;
using rooflab::harness::CallCost;
using rooflab::harness::Session;
using rooflab::testing::Case;
using rooflab::testing::Failure;
using rooflab::testing::Key;

constexpr std::int64_t kQuickNs = 10'000'000;
// Of quick calls, a turn takes as many as fill the first, up to the second, and begins none once it
// has lasted the third: problems are made and verified around them.
constexpr std::int64_t kMeasuredNs = 20'000'000;
constexpr std::int64_t kMaxCalls = 16;
constexpr std::chrono::milliseconds kLongestTurn(60);
constexpr int kEmptyCalls = 31;
constexpr int kRoundsAtLeast = 2;

using ByRole = std::vector<std::pair<std::string, std::string>>;

struct Options {
  std::string case_name;
  ByRole workers;  // paths
  ByRole cases;    // of roles that run another
  int rounds = 5;
  int first_round = 0;
  int budget_s = 900;
  int threads = 1;
};

// The mean of the faster half of the calls, and of the pilots around those.
CallCost typical(std::vector<CallCost> calls, bool threaded) {
  std::ranges::sort(calls, {}, threaded ? &CallCost::wall_ns : &CallCost::cpu_ns);
  calls.resize((calls.size() + 1) / 2);
  CallCost sum;
  for (const CallCost& call : calls) {
    sum.cpu_ns += call.cpu_ns;
    sum.wall_ns += call.wall_ns;
    sum.run_delay_ns += call.run_delay_ns;
    sum.pilot_ns += call.pilot_ns;
  }
  const auto count = std::ssize(calls);
  return {sum.wall_ns / count, sum.cpu_ns / count, sum.run_delay_ns / count, sum.pilot_ns / count};
}

// What stopping and waking a worker costs: calls that do nothing. Wall time comes from other calls
// than CPU time: those in which nobody waited for a processor, or on a busy machine a call would
// seem to have taken less time than the processor worked for it.
CallCost measure_overhead(Session& session) {
  std::vector<CallCost> calls;
  session.worker();
  session.arena().control().kernel.fill(0);
  for (int i = 0; i < kEmptyCalls; ++i) {
    session.call();
    calls.push_back(session.last_cost());
  }
  session.end_worker();
  CallCost overhead = typical(calls, false);
  overhead.wall_ns = typical(std::move(calls), true).wall_ns;
  return overhead;
}

// One verified call on a problem of its own. The explanation of a failure is thrown as
// KernelFailure.
CallCost one_call(const Case& measured, Session& session, const Key& key) {
  session.start_worker();  // it comes up while the problem is made
  const auto run = measured.prepare(session.defences().fresh ? key : Key{});
  run->call();
  const CallCost cost = session.last_cost();
  if (!session.defences().verify) return cost;
  if (const auto failure = run->verify()) {
    throw std::runtime_error(explain(measured.kernel, measured.call, *failure));
  }
  return cost;
}

void take_turn(benchmark::State& state, const Case& measured, Session& session,
               const CallCost& overhead, const Key& key, bool threaded) {
  Session::set_current(&session);
  const auto end = std::chrono::steady_clock::now() + kLongestTurn;
  for (auto _ : state) {
    try {
      std::vector<CallCost> calls{one_call(measured, session, key.derived(0))};
      std::int64_t spent_ns = calls.front().wall_ns;
      if (const std::int64_t warm_up_ns = calls.front().cpu_ns; warm_up_ns < kQuickNs) {
        const std::int64_t wanted =
            std::min(kMeasuredNs / std::max<std::int64_t>(warm_up_ns, 1), kMaxCalls);
        calls.clear();
        do {
          calls.push_back(one_call(measured, session, key.derived(calls.size() + 1)));
          spent_ns += calls.back().wall_ns;
        } while (std::ssize(calls) < wanted && std::chrono::steady_clock::now() < end);
      }
      const CallCost call = typical(calls, threaded);
      const auto without = [](std::int64_t ns, std::int64_t empty_ns) {
        return static_cast<double>(std::max<std::int64_t>(1, ns - empty_ns));
      };
      const double cpu = without(call.cpu_ns, overhead.cpu_ns);
      const double wall = without(call.wall_ns, overhead.wall_ns);
      state.SetIterationTime((threaded ? wall : cpu) * 1e-9);
      state.counters["cpu_ns"] = cpu;
      state.counters["wall_ns"] = wall;
      state.counters["run_delay_ns"] = static_cast<double>(call.run_delay_ns);
      state.counters["pilot_ns"] = static_cast<double>(call.pilot_ns);
      state.counters["flops"] = measured.flops;
      state.counters["bytes"] = measured.bytes;
      state.counters["calls"] = static_cast<double>(calls.size());
      state.counters["spent_ns"] = static_cast<double>(spent_ns);
      state.counters["overhead_ns"] =
          static_cast<double>(threaded ? overhead.wall_ns : overhead.cpu_ns);
    } catch (const std::exception& failure) {
      state.SkipWithError(failure.what());
      break;
    }
  }
  if (session.defences().fresh) session.end_worker();
}

bool read_number(std::string_view text, int& number) {
  return std::from_chars(text.data(), text.data() + text.size(), number).ec == std::errc();
}

// Takes this program's own options; Google Benchmark took the rest.
std::optional<Options> parse(int argc, char** argv) {
  Options options;
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    const std::size_t equals = argument.find('=');
    const std::string_view key = argument.substr(0, equals);
    const std::string_view value =
        equals == std::string_view::npos ? "" : argument.substr(equals + 1);
    bool ok = true;
    if (key == "--case") {
      options.case_name = value;
    } else if (key == "--rounds") {
      ok = read_number(value, options.rounds);
    } else if (key == "--first_round") {
      ok = read_number(value, options.first_round);
    } else if (key == "--budget_s") {
      ok = read_number(value, options.budget_s);
    } else if (key == "--threads") {
      ok = read_number(value, options.threads);
    } else if (key == "--worker" || key == "--case_of") {
      const std::size_t colon = value.find(':');
      ok = colon != std::string_view::npos;
      ByRole& list = key == "--worker" ? options.workers : options.cases;
      if (ok) list.emplace_back(value.substr(0, colon), value.substr(colon + 1));
    } else {
      ok = false;
    }
    if (!ok) {
      std::fprintf(stderr, "cannot understand %s\n", argv[i]);
      return std::nullopt;
    }
  }
  return options;
}

// Memory of one problem serves the next: getting it anew would take longer than filling it.
void keep_freed_memory() {
  mallopt(M_MMAP_MAX, 0);
  mallopt(M_TRIM_THRESHOLD, std::numeric_limits<int>::max());
}

// What each role runs; nothing, and a word on standard error, when bench.cpp has no such case.
std::optional<std::map<std::string, Case>> find_cases(const Options& options) {
  const auto usual = rooflab::testing::find_case(options.case_name);
  if (!usual) return std::nullopt;
  std::map<std::string, Case> cases;
  for (const auto& [role, path] : options.workers) cases.emplace(role, *usual);
  for (const auto& [role, name] : options.cases) {
    const auto other =
        name == "copy" ? harness::copy_case(usual->bytes) : rooflab::testing::find_case(name);
    if (!other) return std::nullopt;
    cases.insert_or_assign(role, *other);
  }
  return cases;
}

int time_rounds(const Options& options, const std::map<std::string, Case>& cases) {
  double most = 0;
  for (const auto& [role, measured] : cases) most = std::max(most, measured.bytes);
  const std::size_t bytes = static_cast<std::size_t>(most) + (1U << 20U);
  // One arena for all, so that no role has luckier pages than another. It is scrubbed before each
  // worker, which so finds nothing of the turn before.
  const auto arena =
      std::make_shared<harness::Arena>(bytes, bytes, false, harness::Defences::all().sealed_inputs);
  std::map<std::string, std::unique_ptr<Session>> sessions;
  for (const auto& [role, path] : options.workers) {
    Session::Options session;
    session.program = path;
    session.policy.limits.threads = options.threads;
    session.deadline = {std::chrono::seconds(20), std::chrono::seconds(30)};
    session.populate = true;
    session.timed = options.threads == 1 ? Session::Timed::one_thread : Session::Timed::threads;
    session.arena = arena;
    sessions[role] = std::make_unique<Session>(std::move(session));
  }
  const bool threaded = options.threads > 1;
  const CallCost overhead = measure_overhead(*sessions.at(options.workers.front().first));

  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(options.budget_s);
  bool over = false;
  for (int round = options.first_round; round < options.first_round + options.rounds; ++round) {
    const Key key = rooflab::testing::session_key().derived(static_cast<std::uint64_t>(round));
    auto order = options.workers;
    rooflab::testing::Random random(key);
    for (std::size_t i = order.size(); i > 1; --i) {
      std::swap(order[i - 1], order[random.bits() % i]);
    }
    std::uint64_t turns = 0;
    for (const auto& [role, path] : order) {
      const std::string name = options.case_name + "/" + role + "/" + std::to_string(round);
      const bool may_end =
          role == order.front().first && round >= options.first_round + kRoundsAtLeast;
      const auto turn = [&, &session = *sessions.at(role), &measured = cases.at(role),
                         own = key.derived(turns++), may_end](benchmark::State& state) {
        over = over || (may_end && std::chrono::steady_clock::now() > end);
        if (over) return state.SkipWithError("the time is up");
        take_turn(state, measured, session, overhead, own, threaded);
      };
      benchmark::RegisterBenchmark(name.c_str(), turn)->Iterations(1)->UseManualTime();
    }
  }
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc == 2 && std::string_view(argv[1]) == "--list") {
    for (const Case& measured : rooflab::testing::cases()) std::puts(measured.name.c_str());
    return 0;
  }
  keep_freed_memory();
  benchmark::Initialize(&argc, argv);
  const auto options = parse(argc, argv);
  if (!options || options->workers.empty()) return 2;
  const auto cases = find_cases(*options);
  if (!cases) return 2;
  try {
    return time_rounds(*options, *cases);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 3;
  }
}
