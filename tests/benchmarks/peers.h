// What the programs of peers.py measure: works, and contestants that do the same work in turns.
#pragma once

#include <rooflab/matrix.h>

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace peers {

using rooflab::MatrixView;

struct Contestant {
  std::string name;
  std::function<void()> run;
  double amount = 0;       // floating-point operations or bytes of one run
  bool comparable = true;  // whether what it leaves in the work's output must be ours
};

/// `contestants[0]` is ours. All write to `output`, or to `whole`, which `reset` brings back to how
/// it began.
struct Work {
  std::string name;
  std::string unit;
  std::span<float> output;
  float tolerance = 0;  // of an element, between ours and a peer's
  std::vector<Contestant> contestants;
  std::function<void()> reset = [] {};
  std::span<std::int32_t> whole = {};  // whole numbers have to be the same
};

/// The libraries' functions, nothing where a library is absent. Products are c = a·b.
std::function<void()> openblas_sgemm(MatrixView<float> a, MatrixView<float> b, MatrixView<float> c);
std::function<void()> onednn_matmul(MatrixView<float> a, MatrixView<float> b, MatrixView<float> c);
/// Products of 8-bit numbers, by either of oneDNN's ways: a plain function, and a primitive.
std::function<void()> onednn_gemm_int8(MatrixView<std::uint8_t> a, MatrixView<std::int8_t> b,
                                       MatrixView<std::int32_t> c);
std::function<void()> onednn_matmul_int8(MatrixView<std::uint8_t> a, MatrixView<std::int8_t> b,
                                         MatrixView<std::int32_t> c);
std::function<void()> onednn_relu(std::span<float> x, std::span<float> y);
std::function<void()> onednn_gelu(std::span<float> x, std::span<float> y);
std::function<void()> onednn_softmax(MatrixView<float> x, MatrixView<float> y);

/// The roof of arithmetic of so many threads, as a contestant that takes its turn among the others.
Contestant peak(std::int64_t threads);

/// From -1 to 1.
rooflab::AlignedBuffer<float> random_numbers(std::int64_t size);

/// Each value of T as often, or those within −64…63.
template <class T>
rooflab::AlignedBuffer<T> random_whole_numbers(std::int64_t size, bool seven_bits = false);

/// The tolerance of sums of k products of such numbers. Most rounding errors cancel: the bound of
/// the worst case would hide a wrong element.
float rounding(std::int64_t k);

/// What the command line asked for.
struct Options {
  std::string_view isa;  // avx2, avx512, avx_vnni or avx512_vnni
  std::int64_t threads;
  double seconds;         // of rounds, per work
  std::string_view part;  // of the names of the works wanted
  bool quick;             // a few rounds
};

/// Compares the contestants' outputs, times them in rounds and prints their times.
void measure(Work work, const Options& options);

/// All works of a program: those of peers_works.cpp, or of peers_course.cpp.
void measure_all(const Options& options);

}  // namespace peers
