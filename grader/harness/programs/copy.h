// The copy that bandwidth is compared with: y = x, as many bytes as another case moves.
#pragma once

#include <rooflab/testing/core/case.h>

namespace rooflab::harness {

/// A case that reads and writes `bytes` in all; the probe's kernel "copy" answers it. Its output is
/// verified in full.
[[nodiscard]] testing::Case copy_case(double bytes);

}  // namespace rooflab::harness
