// For a figure of lab 05: a sparse product against the share of zeros, beside the dense product of
// lab 03. Linked with the kernels of both labs.
#include <rooflab/testing/operations/matmul.h>
#include <rooflab/testing/operations/spmm.h>

#include <cstdint>

#include "kernels.h"
#include "labs/03_simd/kernels.h"
#include "timed.h"

namespace {

using rooflab::testing::MatmulShape;

constexpr MatmulShape kShape{512, 510, 512};

}  // namespace

int main() {
  std::vector<figures::Measured> all = {
      {"dense", 0, figures::timed(matmul_case(NAMED_KERNEL(lab03, matmul_simd), kShape))}};
  for (const std::int64_t zeros : {0, 10, 20, 30, 40, 50, 60, 65, 70, 75, 80, 85, 90, 95, 98}) {
    all.push_back({"csr", static_cast<double>(zeros),
                   figures::timed(spmm_case(NAMED_KERNEL(lab05, spmm_csr), kShape, zeros))});
  }
  figures::measure(std::move(all), "zeros", 60, 0.5);
  return 0;
}
