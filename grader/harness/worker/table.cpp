// A lab's kernels as the worker finds them. Compiled once per lab: ROOFLAB_LAB is its namespace,
// and its folder, where kernels.def is, is on the include path.
#include "kernels.h"
#if __has_include("drivers.h")
#include "drivers.h"
#endif
#include "worker/worker.h"

namespace rooflab::harness {

// The cast finds a driver that has the name of the kernel it is for.
#define KERNEL(Result, name, parameters, ...) \
  entry<static_cast<Result(*) parameters>(ROOFLAB_LAB::name)>(#name),
constexpr Entry kTable[] = {
#include "kernels.def"
};
#undef KERNEL
const std::span<const Entry> kernels = kTable;

}  // namespace rooflab::harness
