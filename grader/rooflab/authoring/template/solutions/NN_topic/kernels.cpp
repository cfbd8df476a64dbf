// Lab NN: the reference solution, as fast as the lab's ideas go and short enough to teach from.
#include "kernels.h"

namespace labNN {

void matmul(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c) {
  // TODO: the lab's idea.
  (void)a, (void)b, (void)c;
}

}  // namespace labNN
