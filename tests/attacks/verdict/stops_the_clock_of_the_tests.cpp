// attack: replaces the clock that the tests call
// stage: tests
// verdict: wrong_result
// defence: process
// witness: exited 77
#include <sys/time.h>

#include "02_blocking.h"

extern "C" int gettimeofday(timeval*, void*) noexcept { got_through(); }

void lab02::matmul_blocked(A, B, C) {}
