// The public tests of lab NN: what each kernel promises, one promise a test case.
#include <rooflab/testing/core/promise.h>
#include <rooflab/testing/operations/relu.h>

#include "kernels.h"

using namespace rooflab::testing;

TEST_KERNEL(labNN, relu) {
  PROMISE(relu::clips_any_size);
  PROMISE(relu::works_in_place);
  PROMISE(relu::overwrites_what_the_output_held);
  PROMISE(relu::keeps_every_kind_of_value);
}
