// A kernel together with its name, written once.
#pragma once

namespace rooflab::testing {

/// `name` is what kernels.h and the manifest call it; `Kernel` is a pointer to a function.
template <class Kernel>
struct Named {
  const char* name;
  Kernel function;
};
template <class Kernel>
Named(const char*, Kernel) -> Named<Kernel>;

}  // namespace rooflab::testing

/// NAMED_KERNEL(lab02, matmul_blocked): lab02::matmul_blocked under the name "matmul_blocked".
#define NAMED_KERNEL(lab, kernel) (rooflab::testing::Named{#kernel, lab::kernel})
