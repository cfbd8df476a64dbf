// Cases for the table of lab 02's ideas, each alone.
#include <matmul.h>

#include "variant_kernels.h"

using rooflab::testing::Case;
using rooflab::testing::MatmulShape;

std::vector<Case> rooflab::testing::cases() {
  std::vector<Case> all;
  for (const MatmulShape& shape :
       {MatmulShape{256, 256, 256}, MatmulShape{400, 400, 400}, MatmulShape{512, 512, 512},
        MatmulShape{1024, 1024, 1024}, MatmulShape{64, 400, 400}}) {
    all.push_back(matmul_case("four_sums", figures::four_sums, shape));
    all.push_back(matmul_case("tiles_only", figures::tiles_only, shape));
    all.push_back(matmul_case("registers_only", figures::registers_only<true>, shape));
    all.push_back(matmul_case("variable_limits", figures::registers_only<false>, shape));
  }
  return all;
}
