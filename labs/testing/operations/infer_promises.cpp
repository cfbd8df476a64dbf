// The promises of the network that lab 06 makes fast.
#include <rooflab/testing/core/check.h>
#include <rooflab/testing/operations/infer.h>

namespace rooflab::testing::infer {

void infers_any_shape(Named<InferKernel> kernel) {
  for (const InferShape& shape : std::initializer_list<InferShape>{{20, 64, 40, 16, 10},
                                                                   {1, 1, 1, 1, 1},
                                                                   {7, 9, 17, 5, 3},
                                                                   {33, 31, 65, 15, 31},
                                                                   {3, 65, 2, 33, 100},
                                                                   {70, 5, 8, 8, 2},
                                                                   {2, 300, 20, 9, 1}}) {
    check(kernel, InferProblem{.shape = shape});
  }
}

void survives_empty_shapes(Named<InferKernel> kernel) {
  for (const InferShape& shape : std::initializer_list<InferShape>{
           {0, 4, 4, 4, 4}, {3, 0, 4, 4, 4}, {3, 4, 0, 4, 4}, {3, 4, 4, 4, 0}}) {
    check(kernel, InferProblem{.shape = shape});
  }
}

void honours_strides(Named<InferKernel> kernel) {
  for (const std::int64_t pad : {1, 7, 16}) {
    check(kernel, InferProblem{.shape = {9, 12, 20, 8, 10}, .pad = pad});
  }
}

void takes_pointers_aligned_to_an_element(Named<InferKernel> kernel) {
  for (const std::int64_t misalign : {1, 3}) {
    check(kernel, InferProblem{.shape = {9, 16, 24, 16, 16}, .misalign = misalign});
  }
}

void overwrites_what_the_output_held(Named<InferKernel> kernel) {
  check(kernel, InferProblem{.shape = {6, 8, 8, 8, 9}, .initial_output = InitialOutput::nan});
}

}  // namespace rooflab::testing::infer
