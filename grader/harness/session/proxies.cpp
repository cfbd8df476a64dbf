// A lab's kernels, each answered by the worker. Compiled once per lab: ROOFLAB_LAB is its
// namespace, and its folder, where kernels.def is, is on the include path.
#include "kernels.h"
#if __has_include("drivers.h")
#include "drivers.h"
#endif
#include "session/remote.h"

namespace ROOFLAB_LAB {

#define KERNEL(Result, name, parameters, ...)                                  \
  Result name parameters {                                                     \
    return rooflab::harness::remote<Result>(#name __VA_OPT__(, ) __VA_ARGS__); \
  }
#include "kernels.def"
#undef KERNEL

}  // namespace ROOFLAB_LAB
