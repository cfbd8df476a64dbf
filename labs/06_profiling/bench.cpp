// The cases that are measured.
#include <rooflab/testing/operations/attention.h>
#include <rooflab/testing/operations/infer.h>

#include "drivers.h"

std::vector<rooflab::testing::Case> rooflab::testing::cases() {
  std::vector<Case> all;
  for (const std::int64_t rows : {128, 512, 2048, 4096}) {
    all.push_back(attention_case(NAMED_KERNEL(lab06, attention), rows, 64));
  }
  const Named network = NAMED_KERNEL(lab06, infer);
  // Of each, another part takes most of the time.
  all.push_back(infer_case(network, "products", {192, 256, 512, 48, 10}));
  all.push_back(infer_case(network, "attention", {640, 32, 64, 64, 10}));
  all.push_back(infer_case(network, "classes", {128, 64, 64, 32, 3000}));
  return all;
}
