// A program with a data race: where ThreadSanitizer does not find this one, it is not asked about
// others (grader/rooflab/measure/races.py).
#include <cstdio>
#include <thread>

namespace {

int counted = 0;

void count() { ++counted; }

}  // namespace

int main() {
  std::thread other(count);
  count();
  other.join();
  std::printf("counted %d\n", counted);
}
