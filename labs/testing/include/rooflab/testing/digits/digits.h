// Handwritten digits, and networks that recognise them: real weights and real activations for labs
// about quantization and sparsity. They are part of the program, which needs no file to run.
// labs/testing/digits/README.md has their source, licence and format.
#pragma once

#include <rooflab/matrix.h>
#include <rooflab/view.h>

#include <cstdint>
#include <span>
#include <vector>

namespace rooflab::testing::digits {

inline constexpr std::int64_t kImages = 1797;
inline constexpr std::int64_t kPixels = 64;  // 8×8, row by row
inline constexpr std::int64_t kHidden = 128;
inline constexpr std::int64_t kClasses = 10;
inline constexpr int kFolds = 5;

/// kImages × kPixels, each from 0 to 16. As unsigned 8-bit numbers with scale 1/16 and zero point
/// 0, they are the networks' input without any error. The stride is not kPixels.
[[nodiscard]] MatrixView<const std::uint8_t> pixels();
/// The networks' input: pixels / 16, exactly.
[[nodiscard]] MatrixView<const float> images();
/// What each image shows: 0 to 9.
[[nodiscard]] std::span<const std::uint8_t> labels();
/// The fifth of the images that each one is in: 0 to 4. The network of a fold has never seen the
/// images of that fold: on these it is tested; on all others it was trained, and is calibrated.
[[nodiscard]] std::span<const std::uint8_t> folds();

/// The images of a fold, and all others; ascending. Throw std::out_of_range unless
/// 0 <= fold < kFolds.
[[nodiscard]] std::vector<std::int64_t> rows_of(int fold);
[[nodiscard]] std::vector<std::int64_t> rows_outside(int fold);

enum class Variant {
  dense,
  pruned_80,    // of each weight matrix, 80 % are zero: 6554 of w1 and 1024 of w2
  pruned_90,    // 90 %: 7373 and 1152
  two_of_four,  // of four inputs of a unit (rows 4i to 4i + 3 of a column), exactly two are zero
};

/// logits = max(x·w1 + b1, 0)·w2 + b2 for a row x of images().
struct Network {
  Matrix<float> w1;  // kPixels × kHidden
  Matrix<float> w2;  // kHidden × kClasses
  std::vector<float> b1, b2;
};

/// Throws std::out_of_range unless 0 <= fold < kFolds.
[[nodiscard]] Network network(Variant variant, int fold);

}  // namespace rooflab::testing::digits
