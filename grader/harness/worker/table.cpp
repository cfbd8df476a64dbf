// A lab's kernels as the worker finds them. Compiled once per lab: ROOFLAB_LAB is its namespace,
// and its folder, where kernels.def is, is on the include path.
#include "kernels.h"
#include "worker/worker.h"

namespace rooflab::harness {

#define KERNEL(Result, name, parameters, ...) entry<ROOFLAB_LAB::name>(#name),
constexpr Entry kTable[] = {
#include "kernels.def"
};
#undef KERNEL
const std::span<const Entry> kernels = kTable;

}  // namespace rooflab::harness
