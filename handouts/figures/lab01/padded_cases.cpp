// Lab 01's convolution behind PADDING bytes that nothing runs, to see what its place is worth.
#include <rooflab/testing/operations/conv2d.h>

#define ROOFLAB_TEXT(number) #number
#define ROOFLAB_SKIP(number) ".text\n.skip " ROOFLAB_TEXT(number) ", 0x90"
asm(ROOFLAB_SKIP(PADDING));

#include "solutions/01_baseline/kernels.cpp"

std::vector<rooflab::testing::Case> rooflab::testing::cases() {
  return {conv2d_case(NAMED_KERNEL(lab01, conv2d), {.in_channels = 32,
                                                    .height = 56,
                                                    .width = 56,
                                                    .out_channels = 32,
                                                    .kernel_h = 3,
                                                    .kernel_w = 3,
                                                    .padding = 1})};
}
