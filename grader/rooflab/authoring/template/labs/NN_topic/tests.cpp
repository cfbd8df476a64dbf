// The public tests of lab NN: what each kernel promises, one test case per promise.
#include <rooflab/testing/core/promise.h>
#include <rooflab/testing/operations/matmul.h>

#include "kernels.h"

using namespace rooflab::testing;

TEST_KERNEL(labNN, matmul) {
  PROMISE(matmul::multiplies_any_shape);
  PROMISE(matmul::accepts_empty_matrices);
  PROMISE(matmul::honours_strides);
  PROMISE(matmul::overwrites_what_the_output_held);
  PROMISE(matmul::carries_NaN_and_infinity);
}
