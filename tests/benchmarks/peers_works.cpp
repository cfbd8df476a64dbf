// What is measured beside the libraries: products of the shapes that networks have, and
// element-wise kernels, in the cache and in memory.
#include <algorithm>
#include <string_view>

#include "labs/03_simd/kernels.h"
#include "peers.h"

namespace lab03 {
void matmul_best(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c);
}  // namespace lab03
#if __has_include("solutions/04_threading/kernels.cpp")
#define PEERS_LAB04 1
namespace lab04 {
using rooflab::MatrixView;
void parallel_matmul(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c,
                     int threads);
}  // namespace lab04
#endif
#if __has_include("solutions/05_quantization/kernels.cpp")
#include "labs/05_quantization/kernels.h"
#define PEERS_LAB05 1
#endif

namespace peers {
namespace {

using Vector [[gnu::vector_size(32), gnu::aligned(4)]] = float;

// A plain copy, 256 bits at a time.
Contestant copy(std::span<const float> x, std::span<float> y) {
  const auto run = [=] {
    for (std::size_t i = 0; i + 8 <= x.size(); i += 8) {
      *reinterpret_cast<Vector*>(&y[i]) = *reinterpret_cast<const Vector*>(&x[i]);
    }
  };
  return {"copy", run, 8.0 * static_cast<double>(x.size()), false};
}

struct Shape {
  std::int64_t m, k, n;
};

std::string name_of(Shape s) {
  if (s.m == s.k && s.k == s.n) return std::to_string(s.n);
  return std::to_string(s.m) + "x" + std::to_string(s.k) + "x" + std::to_string(s.n);
}

// Our product with the instructions and threads asked for; nothing where there is none.
std::function<void()> our_matmul(MatrixView<float> a, MatrixView<float> b, MatrixView<float> c,
                                 const Options& options) {
  if (options.threads > 1) {
#ifdef PEERS_LAB04
    return [=, threads = static_cast<int>(options.threads)] {
      lab04::parallel_matmul(a, b, c, threads);
    };
#else
    return nullptr;
#endif
  }
  if (options.isa == "avx512") return [=] { lab03::matmul_best(a, b, c); };
  return [=] { lab03::matmul_simd(a, b, c); };
}

void sgemm(Shape s, const Options& options) {
  const rooflab::AlignedBuffer<float> a = random_numbers(s.m * s.k);
  const rooflab::AlignedBuffer<float> b = random_numbers(s.k * s.n);
  const rooflab::AlignedBuffer<float> c(s.m * s.n);
  const double operations = 2.0 * static_cast<double>(s.m * s.k * s.n);
  const MatrixView<float> x{a.data(), s.m, s.k, s.k};
  const MatrixView<float> y{b.data(), s.k, s.n, s.n};
  const MatrixView<float> z{c.data(), s.m, s.n, s.n};
  Work work{"sgemm " + name_of(s), "GFLOP/s", c.span(), rounding(s.k), {}};
  work.contestants = {{"ours", our_matmul(x, y, z, options), operations},
                      {"openblas", openblas_sgemm(x, y, z), operations},
                      {"onednn", onednn_matmul(x, y, z), operations}};
  work.contestants.push_back(peak(options.threads));
  measure(work, options);
}

void elementwise(std::int64_t n, std::string_view where, const Options& options) {
  const rooflab::AlignedBuffer<float> x = random_numbers(n);
  const rooflab::AlignedBuffer<float> y(n);
  const std::span<float> from = x.span(), to = y.span();
  const auto name = [where](std::string_view what) {
    return std::string(what) + " in " + std::string(where);
  };
  const double bytes = 8.0 * static_cast<double>(n);
  measure({name("relu"),
           "GB/s",
           to,
           0,
           {{"ours", [=] { lab03::relu(from, to); }, bytes},
            {"onednn", onednn_relu(from, to), bytes},
            copy(from, to)}},
          options);
  measure(
      {name("gelu"),
       "GB/s",
       to,
       1e-5F,
       {{"ours", [=] { lab03::gelu(from, to); }, bytes}, {"onednn", onednn_gelu(from, to), bytes}}},
      options);
  measure({name("saxpy"),
           "GB/s",
           to,
           1e-5F,
           {{"ours", [=] { lab03::saxpy(1e-3F, from, to); }, 1.5 * bytes}, copy(from, to)},
           [=] { std::fill(to.begin(), to.end(), 1.0F); }},
          options);
}

void softmax(std::int64_t m, std::int64_t n, const std::string& where, const Options& options) {
  const rooflab::AlignedBuffer<float> x = random_numbers(m * n);
  const rooflab::AlignedBuffer<float> y(m * n);
  const double bytes = 8.0 * static_cast<double>(m * n);
  const MatrixView<float> from{x.data(), m, n, n};
  const MatrixView<float> to{y.data(), m, n, n};
  measure({"softmax in " + where,
           "GB/s",
           y.span(),
           1e-6F,
           {{"ours", [=] { lab03::softmax_rows(from, to); }, bytes},
            {"onednn", onednn_softmax(from, to), bytes}}},
          options);
}

#ifdef PEERS_LAB05
// Whether oneDNN's sums of pairs stay within 16 bits: it has an instruction that saturates there,
// unless there is VNNI.
bool exact_in_onednn(bool seven_bits, const Options& options) {
  return seven_bits || options.isa != "avx2";
}

void int8(Shape s, bool seven_bits, const Options& options) {
  const auto a = random_whole_numbers<std::uint8_t>(s.m * s.k);
  const auto b = random_whole_numbers<std::int8_t>(s.k * s.n, seven_bits);
  const rooflab::AlignedBuffer<std::int32_t> c(s.m * s.n);
  const double operations = 2.0 * static_cast<double>(s.m * s.k * s.n);
  const MatrixView<std::uint8_t> x{a.data(), s.m, s.k, s.k};
  const MatrixView<std::int8_t> y{b.data(), s.k, s.n, s.n};
  const MatrixView<std::int32_t> z{c.data(), s.m, s.n, s.n};
  const rooflab::AlignedBuffer<float> reals = random_numbers(s.m * s.k + s.k * s.n + s.m * s.n);
  const MatrixView<float> left{reals.data(), s.m, s.k, s.k};
  const MatrixView<float> right{left.data + s.m * s.k, s.k, s.n, s.n};
  const MatrixView<float> product{right.data + s.k * s.n, s.m, s.n, s.n};
  const bool exact = exact_in_onednn(seven_bits, options);
  const std::string saturates = exact ? "" : " (saturates)";
  Work work{"int8 " + name_of(s) + (seven_bits ? " 7 bits" : ""), "GOP/s", {}, 0, {}};
  work.contestants = {
      {"ours",
       [=] {
         lab05::matmul_int8_simd(x, y, {1, 0}, {1, 0}, z);
       },
       operations},
      {"onednn gemm" + saturates, onednn_gemm_int8(x, y, z), operations, exact},
      {"onednn matmul" + saturates, onednn_matmul_int8(x, y, z), operations, exact},
      {"fp32", [=] { lab03::matmul_simd(left, right, product); }, operations, false}};
  work.whole = c.span();
  measure(work, options);
}

// A sparse product beside our dense one of the same matrices. Both are said to do what the dense
// one does.
void sparse(Shape s, int zeros, const Options& options) {
  const rooflab::AlignedBuffer<float> a = random_numbers(s.m * s.k);
  const rooflab::AlignedBuffer<float> b = random_numbers(s.k * s.n);
  const rooflab::AlignedBuffer<float> c(s.m * s.n);
  std::vector<std::int32_t> starts{0}, columns;
  std::vector<float> values;
  for (std::int64_t i = 0; i < s.m; ++i) {
    for (std::int64_t k = 0; k < s.k; ++k) {
      float& element = a[i * s.k + k];
      const float share = 0.5F + 0.5F * element;  // the numbers are spread evenly
      if (share * 100 < static_cast<float>(zeros)) element = 0;
      if (element == 0) continue;
      columns.push_back(static_cast<std::int32_t>(k));
      values.push_back(element);
    }
    starts.push_back(static_cast<std::int32_t>(values.size()));
  }
  const double operations = 2.0 * static_cast<double>(s.m * s.k * s.n);
  const MatrixView<float> x{a.data(), s.m, s.k, s.k};
  const MatrixView<float> y{b.data(), s.k, s.n, s.n};
  const MatrixView<float> z{c.data(), s.m, s.n, s.n};
  measure({"spmm " + name_of(s) + " " + std::to_string(zeros) + "% zeros",
           "GFLOP/s of the dense product",
           c.span(),
           rounding(s.k),
           {{"ours", [&] { lab05::spmm_csr(starts, columns, values, y, z); }, operations},
            {"dense", [=] { lab03::matmul_simd(x, y, z); }, operations}}},
          options);
}

void lab05_works(const Options& options) {
  std::vector<Shape> shapes = {{256, 256, 256}, {512, 512, 512}, {1024, 1024, 1024},
                               {1797, 64, 128}, {32, 768, 3072}, {128, 128, 64}};
  if (options.quick) shapes = {{40, 24, 56}};
  for (const Shape& shape : shapes) {
    for (const bool seven_bits : {true, false}) int8(shape, seven_bits, options);
  }
  if (options.isa == "avx2") {
    for (const int zeros : {70, 90}) {
      sparse(options.quick ? Shape{40, 24, 56} : Shape{512, 510, 512}, zeros, options);
    }
  }
}
#else
void lab05_works(const Options&) {}
#endif

}  // namespace

void measure_all(const Options& options) {
  if (options.threads == 1 && options.isa != "avx512") lab05_works(options);
  if (options.isa != "avx2" && options.isa != "avx512") return;
  std::vector<Shape> shapes = {{128, 128, 64},    {256, 256, 256}, {512, 512, 512},
                               {1797, 64, 256},   {32, 768, 3072}, {1024, 1024, 1024},
                               {2048, 2048, 2048}};
  if (options.threads > 1) shapes = {{768, 768, 768}, {1024, 1024, 1024}, {2048, 2048, 2048}};
  if (options.quick) shapes = {{40, 24, 56}};
  for (const Shape& shape : shapes) {
    if (("sgemm " + name_of(shape)).find(options.part) != std::string::npos) sgemm(shape, options);
  }
  if (options.isa != "avx2" || options.threads > 1) return;
  elementwise(4000, "cache", options);
  softmax(32, 125, "cache", options);
  if (!options.quick) {
    elementwise(std::int64_t{1} << 25, "memory", options);
    softmax(std::int64_t{1} << 15, 1000, "memory", options);
  }
}

}  // namespace peers
