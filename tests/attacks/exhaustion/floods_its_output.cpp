// attack: prints without end
// stage: tests
// verdict: too_much_output 64 KiB
// defence: output_limit
// witness: exited 77
// subset: fast
#include "02_blocking.h"

void lab02::matmul_blocked(A, B, C) {
  static char chunk[4096];
  for (int i = 0; i < 64; ++i)
    [[maybe_unused]] const ssize_t written = write(i % 2 + 1, chunk, sizeof(chunk));
  usleep(200'000);
  got_through();
}
