// One product through the course: what each lab makes of it, and two stages between lab 02 and the
// reference of lab 03.
#include "peers.h"
#include "solutions/03_simd/kernels.cpp"  // NOLINT: for its micro-kernel

#if __has_include("solutions/04_threading/kernels.cpp")
#define PEERS_LAB04 1
namespace lab04 {
void parallel_matmul(rooflab::MatrixView<const float> a, rooflab::MatrixView<const float> b,
                     rooflab::MatrixView<float> c, int threads);
}  // namespace lab04
#endif

// Compiled by peers.py: the names tell the builds of one source apart.
#define PEERS_PRODUCT(name)                                                         \
  void name(rooflab::MatrixView<const float> a, rooflab::MatrixView<const float> b, \
            rooflab::MatrixView<float> c);
namespace lab01_baseline {
PEERS_PRODUCT(matmul)
}  // namespace lab01_baseline
namespace lab01 {
PEERS_PRODUCT(matmul)
}  // namespace lab01
namespace lab02 {
PEERS_PRODUCT(matmul_reordered)
PEERS_PRODUCT(matmul_blocked)
}  // namespace lab02
namespace vectorized {
PEERS_PRODUCT(matmul_reordered)
}  // namespace vectorized

namespace lab03 {
namespace {

// The register tile of lab 03 on a and b as they lie: neither blocks nor packing. For whole tiles
// of columns only.
void matmul_unpacked(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c) {
  for (std::int64_t j = 0; j < c.cols; j += Avx2::kCols) {
    for (std::int64_t i = 0; i < c.rows; i += Avx2::kRows) {
      const std::int64_t rows = std::min<std::int64_t>(Avx2::kRows, c.rows - i);
      multiply_rows<Avx2, Also::kNothing>({part(a, i, 0, rows, a.cols),
                                           part(b, 0, j, b.rows, b.cols),
                                           part(c, i, j, rows, c.cols),
                                           true,
                                           nullptr,
                                           {}});
    }
  }
}

}  // namespace
}  // namespace lab03

namespace peers {

void measure_all(const Options& options) {
  using Product = void (*)(MatrixView<const float>, MatrixView<const float>, MatrixView<float>);
  const std::int64_t n = options.quick ? 64 : 1024;
  const rooflab::AlignedBuffer<float> numbers = random_numbers(2 * n * n);
  const rooflab::AlignedBuffer<float> product(n * n);
  const MatrixView<float> a{numbers.data(), n, n, n};
  const MatrixView<float> b{numbers.data() + n * n, n, n, n};
  const MatrixView<float> c{product.data(), n, n, n};
  const double operations = 2.0 * static_cast<double>(n * n * n);
  Work work{"course " + std::to_string(n), "GFLOP/s", product.span(), rounding(n), {}};
  const auto add = [&](const char* name, Product function) {
    work.contestants.push_back({name, [=] { function(a, b, c); }, operations});
  };
  add("lab 01, the baseline", lab01_baseline::matmul);
  add("lab 01, eight sums", lab01::matmul);
  add("lab 02, loops interchanged", lab02::matmul_reordered);
  add("the same, vectorized by the compiler", vectorized::matmul_reordered);
  add("lab 02, tiles, packed", lab02::matmul_blocked);
  add("lab 03, a register tile of vectors", lab03::matmul_unpacked);
  add("lab 03, blocked and packed", lab03::matmul_simd);
  if (__builtin_cpu_supports("avx512f") != 0) add("beyond: AVX-512", lab03::matmul_best);
#ifdef PEERS_LAB04
  add("lab 04, two threads", [](MatrixView<const float> x, MatrixView<const float> y,
                                MatrixView<float> z) { lab04::parallel_matmul(x, y, z, 2); });
#endif
  work.contestants.push_back(peak(1));
  measure(work, options);
}

}  // namespace peers
