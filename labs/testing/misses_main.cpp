// main() of the programs that run under Valgrind's cache simulator: one call of one case, verified.
//
//   valgrind --tool=callgrind --cache-sim=yes --toggle-collect=rooflab_measured_call
//            lab02_misses matmul_blocked/64x400x400
//
// Only what happens inside rooflab_measured_call is counted. Exit status: 0 the output was right,
// 1 it was wrong (explained on standard error), 2 no such case.
#include <cstdio>
#include <cstdlib>
#include <vector>

#include "case.h"

extern "C" [[gnu::noinline]] void rooflab_measured_call(rooflab::testing::Run* run);
extern "C" void rooflab_measured_call(rooflab::testing::Run* run) { run->call(); }

namespace {

// Leaves the simulated caches full of rubbish, so that the count does not depend on which inputs
// were written last. 4 MiB is more than any cache that a lab simulates.
void evict() {
  std::vector<char> rubbish(std::size_t{4} << 20U);
  volatile char* bytes = rubbish.data();
  for (std::size_t i = 0; i < rubbish.size(); i += 64) bytes[i] = 1;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: %s CASE, with a case of bench.cpp\n",
                 argc > 0 ? argv[0] : "misses");
    return 2;
  }
  const auto graded = rooflab::testing::find_case(argv[1]);
  if (!graded) return 2;
  const auto run = graded->prepare(rooflab::testing::next_key());
  evict();
  rooflab_measured_call(run.get());
  if (const auto failure = run->verify()) {
    std::fprintf(stderr, "%s\n",
                 explain(graded->kernel, graded->call, graded->call, *failure).c_str());
    return 1;
  }
  return 0;
}
