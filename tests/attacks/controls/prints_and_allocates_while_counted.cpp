// attack: none; it prints and allocates as honest kernels do
// stage: misses
// verdict: gains nothing
// subset: fast
#include <cstdio>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <vector>

#include "02_blocking.h"

void lab02::matmul_blocked(A a, B b, C c) {
  std::printf("%lld rows\n", static_cast<long long>(c.rows));
  std::cout << c.cols << " columns, " << 0.5 << std::endl;
  const std::vector<float> large(1 << 20, 1.0F);
  const std::unique_ptr<void, void (*)(void*)> aligned(std::aligned_alloc(64, 4096), std::free);
  try {
    throw std::runtime_error("caught");
  } catch (const std::exception&) {
    honest_matmul_blocked(a, b, c);
  }
}
