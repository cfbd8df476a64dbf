// main() of every benchmark program: times the lab's cases with Google Benchmark, in this process.
// Standard output is the table or JSON that Google Benchmark's own options ask for.
#include <benchmark/benchmark.h>
#include <rooflab/testing/core/case.h>
#include <rooflab/testing/core/current_call.h>

#include <string>

namespace {

using rooflab::testing::Case;

void time_case(benchmark::State& state, const Case& graded) {
  const auto run = graded.prepare(rooflab::testing::next_key());
  rooflab::testing::set_current_call(graded.kernel, graded.call);
  for (auto _ : state) {
    run->call();
    benchmark::ClobberMemory();
  }
  if (const auto failure = run->verify()) {
    state.SkipWithError(explain(graded.kernel, graded.call, *failure).c_str());
    return;
  }
  using benchmark::Counter;
  if (graded.flops > 0) {
    state.counters["flops"] = Counter(graded.flops, Counter::kIsIterationInvariantRate);
  }
  state.counters["bytes"] = Counter(graded.bytes, Counter::kIsIterationInvariantRate);
}

}  // namespace

int main(int argc, char** argv) {
  for (const Case& graded : rooflab::testing::cases()) {
    benchmark::RegisterBenchmark(graded.name.c_str(), time_case, graded)
        ->Unit(benchmark::kMillisecond)
        ->MeasureProcessCPUTime();  // of all threads: work done in another one still counts
  }
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  return 0;
}
