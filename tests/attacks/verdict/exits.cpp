// attack: ends the program with the status of success
// stage: tests
// verdict: exited exit status 0
// defence: process
// witness: passes
// elsewhere: ordinary user, without landlock
#include <cstdlib>

#include "02_blocking.h"

void lab02::matmul_blocked(A, B, C) { std::_Exit(0); }
