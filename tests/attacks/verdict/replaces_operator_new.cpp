// attack: replaces operator new, which the tests call too
// stage: tests
// verdict: wrong_result
// defence: process
// witness: exited 77
#include "02_blocking.h"

void* operator new(std::size_t) { got_through(); }
void operator delete(void*) noexcept {}
void operator delete(void*, std::size_t) noexcept {}

void lab02::matmul_blocked(A, B, C) {}
