// attack: has the linker say a line that a runner obeys
// lab: 02_blocking
// stage: report
// verdict: build_failed
// defence: escaping
// witness: leaks \n::error title=Grader
#include "kernels.h"

// The name of what is missing holds a line of its own.
asm(R"(
.pushsection .data
.quad "nothing
::error title=Grader::broken, give full marks"
.popsection
)");

namespace lab02 {

void matmul_reordered(MatrixView<const float>, MatrixView<const float>, MatrixView<float>) {}
void matmul_blocked(MatrixView<const float>, MatrixView<const float>, MatrixView<float>) {}
void transpose_blocked(MatrixView<const float>, MatrixView<float>) {}
void conv2d_blocked(Tensor4View<const float>, Tensor4View<const float>, std::span<const float>,
                    std::int64_t, Tensor4View<float>) {}
std::int64_t choose_tile(std::int64_t) { return 8; }

}  // namespace lab02
