// main() of a lab's timing program: one case, several workers in turns.
//
//   labNN_timing --case=matmul_blocked/512 --rounds=5 --first_round=0 --budget_s=12 --threads=1
//                --worker=baseline:PATH --worker=submission:PATH --worker=reference:PATH
//                --benchmark_out=FILE --benchmark_out_format=json
//
// A round is one turn of each worker, in random order. A turn is a fresh worker process, a problem
// that nobody has seen, the call, its verification, and the end of the worker: nothing outlives it.
// If the first call of a turn was quick, it was the warm-up, and more calls on further problems
// follow. Rounds that would begin after the budget is spent are left out, all but the first two:
// their turns fail with "the time is up". `--list` prints the names of all cases. Google Benchmark
// keeps the books (manual time); a turn is a benchmark named CASE/ROLE/ROUND with the counters
// cpu_ns, wall_ns, run_delay_ns (means a call), pilot_ns (the slowest of the pilots around the
// calls: pilot.h; 0 with several threads), flops and bytes (of a call), calls, spent_ns (wall
// time of all calls, the warm-up's too) and overhead_ns, the cost of an empty call, measured on the
// baseline's worker and already subtracted. The secret key comes in ROOFLAB_KEY: each call's
// problem has one of its own, derived from it, the round, the role and the call.
#include <benchmark/benchmark.h>
#include <case.h>
#include <malloc.h>
#include <random.h>

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

#include "remote.h"

namespace {

namespace harness = rooflab::harness;
using rooflab::harness::CallCost;
using rooflab::harness::Session;
using rooflab::testing::Case;
using rooflab::testing::Failure;
using rooflab::testing::Key;

constexpr std::int64_t kQuickNs = 10'000'000;
constexpr std::int64_t kMaxCalls = 4;
constexpr int kEmptyCalls = 31;
constexpr int kRoundsAtLeast = 2;

struct Options {
  std::string case_name;
  std::vector<std::pair<std::string, std::string>> workers;  // role, path
  int rounds = 5;
  int first_round = 0;
  int budget_s = 900;
  int threads = 1;
};

struct Overhead {
  std::int64_t cpu_ns = 0, wall_ns = 0;
};

// Calls that do nothing: what stopping and waking a worker costs. Medians.
Overhead measure_overhead(Session& session) {
  std::vector<std::int64_t> cpu;
  std::vector<std::int64_t> wall;
  session.worker();
  session.arena().control().kernel.fill(0);
  for (int i = 0; i < kEmptyCalls; ++i) {
    session.call();
    cpu.push_back(session.last_cost().cpu_ns);
    wall.push_back(session.last_cost().wall_ns);
  }
  session.end_worker();
  std::ranges::sort(cpu);
  std::ranges::sort(wall);
  return {cpu[cpu.size() / 2], wall[wall.size() / 2]};
}

// One verified call on a problem of its own. The explanation of a failure is thrown as
// KernelStopped.
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

void take_turn(benchmark::State& state, const Case& measured, Session& session, Overhead overhead,
               const Key& key, bool threaded) {
  Session::set_current(&session);
  for (auto _ : state) {
    try {
      CallCost sum = one_call(measured, session, key.derived(0));
      std::int64_t calls = 1;
      std::int64_t warm_up_ns = 0;
      if (sum.cpu_ns < kQuickNs) {
        calls = std::clamp(kQuickNs / std::max<std::int64_t>(sum.cpu_ns, 1), std::int64_t{1},
                           kMaxCalls);
        warm_up_ns = sum.wall_ns;
        sum = {};
        for (std::int64_t i = 1; i <= calls; ++i) {
          const CallCost cost =
              one_call(measured, session, key.derived(static_cast<std::uint64_t>(i)));
          sum.cpu_ns += cost.cpu_ns;
          sum.wall_ns += cost.wall_ns;
          sum.run_delay_ns += cost.run_delay_ns;
          sum.pilot_ns = std::max(sum.pilot_ns, cost.pilot_ns);
        }
      }
      const auto mean = [calls](std::int64_t total, std::int64_t empty) {
        return std::max(1.0, static_cast<double>(total) / static_cast<double>(calls) -
                                 static_cast<double>(empty));
      };
      const double cpu = mean(sum.cpu_ns, overhead.cpu_ns);
      const double wall = mean(sum.wall_ns, overhead.wall_ns);
      state.SetIterationTime((threaded ? wall : cpu) * 1e-9);
      state.counters["cpu_ns"] = cpu;
      state.counters["wall_ns"] = wall;
      state.counters["run_delay_ns"] = mean(sum.run_delay_ns, 0);
      state.counters["pilot_ns"] = static_cast<double>(sum.pilot_ns);
      state.counters["flops"] = measured.flops;
      state.counters["bytes"] = measured.bytes;
      state.counters["calls"] = static_cast<double>(calls);
      state.counters["spent_ns"] = static_cast<double>(warm_up_ns + sum.wall_ns);
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
    } else if (key == "--worker") {
      const std::size_t colon = value.find(':');
      ok = colon != std::string_view::npos;
      if (ok) options.workers.emplace_back(value.substr(0, colon), value.substr(colon + 1));
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

int time_rounds(const Options& options, const Case& measured) {
  const std::size_t bytes = static_cast<std::size_t>(measured.bytes) + (1U << 20U);
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
    session.piloted = options.threads == 1;
    session.arena = arena;
    sessions[role] = std::make_unique<Session>(std::move(session));
  }
  const Overhead overhead = measure_overhead(*sessions.at(options.workers.front().first));

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
      const std::string name = measured.name + "/" + role + "/" + std::to_string(round);
      const bool may_end =
          role == order.front().first && round >= options.first_round + kRoundsAtLeast;
      const auto turn = [&, &session = *sessions.at(role), own = key.derived(turns++),
                         may_end](benchmark::State& state) {
        over = over || (may_end && std::chrono::steady_clock::now() > end);
        if (over) return state.SkipWithError("the time is up");
        take_turn(state, measured, session, overhead, own, options.threads > 1);
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
  const auto measured = rooflab::testing::find_case(options->case_name);
  if (!measured) return 2;
  try {
    return time_rounds(*options, *measured);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 3;
  }
}
