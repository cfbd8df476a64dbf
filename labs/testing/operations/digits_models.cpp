#include <rooflab/testing/operations/digits_models.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace rooflab::testing {
namespace {

using digits::kClasses;
using digits::kHidden;
using digits::kPixels;
using digits::Network;

constexpr float kPixel = 1.0F / 16;  // the scale of the images: whole numbers up to 16

MatrixView<const float> read_only(const Matrix<float>& matrix) { return matrix.view(); }

Matrix<float> images_of(const std::vector<std::int64_t>& rows) {
  Matrix<float> chosen(std::ssize(rows), kPixels);
  for (std::int64_t i = 0; i < chosen.rows(); ++i) {
    std::copy_n(digits::images().row(rows[static_cast<std::size_t>(i)]), kPixels,
                chosen.view().row(i));
  }
  return chosen;
}

std::int64_t count_right(const std::vector<std::int64_t>& rows, const Matrix<float>& logits) {
  std::int64_t right = 0;
  for (std::int64_t i = 0; i < logits.rows(); ++i) {
    const float* row = logits.view().row(i);
    const auto label =
        digits::labels()[static_cast<std::size_t>(rows[static_cast<std::size_t>(i)])];
    if (std::max_element(row, row + kClasses) - row == label) ++right;
  }
  return right;
}

// What the hidden layer gives for these images.
std::vector<float> hidden_values(const Network& network, const Matrix<float>& images) {
  std::vector<float> all;
  std::vector<double> sums;
  for (std::int64_t i = 0; i < images.rows(); ++i) {
    sums.assign(network.b1.begin(), network.b1.end());
    for (std::int64_t p = 0; p < kPixels; ++p) {
      for (std::int64_t j = 0; j < kHidden; ++j) {
        sums[static_cast<std::size_t>(j)] +=
            static_cast<double>(images(i, p)) * static_cast<double>(network.w1(p, j));
      }
    }
    for (const double sum : sums) all.push_back(static_cast<float>(std::max(sum, 0.0)));
  }
  return all;
}

// A layer in whole numbers: input is how its input is stored. A sum times scales[j], after the bias
// is added, is the layer's output.
struct QuantizedLayer {
  Matrix<std::int8_t> weights;
  std::vector<std::int32_t> bias;
  std::vector<float> scales;

  QuantizedLayer(const Matrix<float>& w, const std::vector<float>& b, float input,
                 std::int32_t largest, bool per_channel, QuantizeWeightsKernel quantize)
      : weights(w.rows(), w.cols()), scales(per_channel ? b.size() : 1) {
    quantize(w.view(), largest, scales, weights.view());
    scales.resize(b.size(), scales[0]);
    for (std::size_t j = 0; j < b.size(); ++j) {
      scales[j] *= input;
      bias.push_back(static_cast<std::int32_t>(std::lround(b[j] / scales[j])));
    }
  }
};

void run_quantized(DigitsModel model, const DigitsKernels& kernels, const Network& network,
                   double percentile, const std::vector<std::int64_t>& others,
                   const Matrix<float>& images, Matrix<float>& logits) {
  const std::int32_t largest = model == DigitsModel::int4_per_channel ? 7 : 127;
  const bool per_channel = model != DigitsModel::int8_per_tensor;
  const Range range = kernels.calibrate(hidden_values(network, images_of(others)), percentile);
  const float hidden = kernels.choose_params(0, range.hi).scale;
  QuantizedLayer first(network.w1, network.b1, kPixel, largest, per_channel,
                       kernels.quantize_weights);
  const QuantizedLayer second(network.w2, network.b2, hidden, largest, per_channel,
                              kernels.quantize_weights);
  for (float& scale : first.scales) scale /= hidden;  // into steps of the hidden layer
  kernels.digits(images.view(), {kPixel, 0}, first.weights.view(), first.bias, first.scales,
                 second.weights.view(), second.bias, second.scales, logits.view());
}

// Compressed rows of the transposed matrix: a row for each output.
struct Csr {
  std::vector<std::int32_t> row_starts{0}, columns;
  std::vector<float> values;

  explicit Csr(const Matrix<float>& w) {
    for (std::int64_t j = 0; j < w.cols(); ++j) {
      for (std::int64_t p = 0; p < w.rows(); ++p) {
        if (w(p, j) == 0) continue;
        columns.push_back(static_cast<std::int32_t>(p));
        values.push_back(w(p, j));
      }
      row_starts.push_back(static_cast<std::int32_t>(values.size()));
    }
  }
};

// wᵀ·x + b for each column of x: images stand beside each other.
Matrix<float> layer_of(const Csr& w, const std::vector<float>& b, const Matrix<float>& x,
                       SpmmKernel spmm_csr) {
  Matrix<float> y(std::ssize(b), x.cols());
  spmm_csr(w.row_starts, w.columns, w.values, read_only(x), y.view());
  for (std::int64_t i = 0; i < y.rows(); ++i) {
    for (std::int64_t j = 0; j < y.cols(); ++j) y(i, j) += b[static_cast<std::size_t>(i)];
  }
  return y;
}

Matrix<float> transposed(const Matrix<float>& x) {
  Matrix<float> y(x.cols(), x.rows());
  for (std::int64_t i = 0; i < x.rows(); ++i) {
    for (std::int64_t j = 0; j < x.cols(); ++j) y(j, i) = x(i, j);
  }
  return y;
}

Matrix<float> run_sparse(const DigitsKernels& kernels, const Network& network,
                         const Matrix<float>& images) {
  Matrix<float> hidden =
      layer_of(Csr(network.w1), network.b1, transposed(images), kernels.spmm_csr);
  for (std::int64_t i = 0; i < hidden.rows(); ++i) {
    float* row = hidden.view().row(i);
    std::transform(row, row + hidden.cols(), row, [](float x) { return std::max(x, 0.0F); });
  }
  return transposed(layer_of(Csr(network.w2), network.b2, hidden, kernels.spmm_csr));
}

digits::Variant variant_of(DigitsModel model) {
  switch (model) {
    case DigitsModel::pruned_80:
      return digits::Variant::pruned_80;
    case DigitsModel::pruned_90:
      return digits::Variant::pruned_90;
    case DigitsModel::two_of_four:
      return digits::Variant::two_of_four;
    default:
      return digits::Variant::dense;
  }
}

bool is_sparse(DigitsModel model) { return variant_of(model) != digits::Variant::dense; }

Storage storage_of(DigitsModel model) {
  switch (model) {
    case DigitsModel::fp32:
      return Storage::fp32;
    case DigitsModel::int8_per_tensor:
      return Storage::int8_per_tensor;
    case DigitsModel::int8_per_channel:
      return Storage::int8_per_channel;
    case DigitsModel::int4_per_channel:
      return Storage::int4_per_channel;
    case DigitsModel::pruned_80:
    case DigitsModel::pruned_90:
      return Storage::csr;
    case DigitsModel::two_of_four:
      return Storage::two_of_four;
  }
  return Storage::fp32;
}

std::int64_t weight_bytes_of(DigitsModel model, std::int64_t weights, std::int64_t nonzeros) {
  switch (model) {
    case DigitsModel::fp32:
      return 4 * weights;
    case DigitsModel::int8_per_tensor:
    case DigitsModel::int8_per_channel:
      return weights;
    case DigitsModel::int4_per_channel:
      return weights / 2;
    default:
      return 4 * nonzeros;
  }
}

}  // namespace

std::string model_name(DigitsModel model) {
  switch (model) {
    case DigitsModel::fp32:
      return "fp32";
    case DigitsModel::int8_per_tensor:
      return "int8_per_tensor";
    case DigitsModel::int8_per_channel:
      return "int8_per_channel";
    case DigitsModel::int4_per_channel:
      return "int4_per_channel";
    case DigitsModel::pruned_80:
      return "pruned_80";
    case DigitsModel::pruned_90:
      return "pruned_90";
    case DigitsModel::two_of_four:
      return "two_of_four";
  }
  return "";
}

std::int64_t DigitsResult::all_right() const {
  return std::accumulate(right.begin(), right.end(), std::int64_t{0});
}

DigitsResult read_digits(DigitsModel model, const DigitsKernels& kernels, double percentile) {
  DigitsResult result;
  for (int fold = 0; fold < digits::kFolds; ++fold) {
    const Network network = digits::network(variant_of(model), fold);
    const std::vector<std::int64_t> rows = digits::rows_of(fold);
    const Matrix<float> images = images_of(rows);
    Matrix<float> logits(images.rows(), kClasses);
    if (is_sparse(model)) {
      logits = run_sparse(kernels, network, images);
    } else if (model == DigitsModel::fp32) {
      kernels.digits_fp32(images.view(), network.w1.view(), network.b1, network.w2.view(),
                          network.b2, logits.view());
    } else {
      run_quantized(model, kernels, network, percentile, digits::rows_outside(fold), images,
                    logits);
    }
    result.right[static_cast<std::size_t>(fold)] = count_right(rows, logits);
    if (fold > 0) continue;
    const std::int64_t first = std::ssize(Csr(network.w1).values);
    const std::int64_t second = std::ssize(Csr(network.w2).values);
    const std::array layers = {Layer{kPixels, kHidden, first}, Layer{kHidden, kClasses, second}};
    result.weight_bytes =
        weight_bytes_of(model, kPixels * kHidden + kHidden * kClasses, first + second);
    result.bytes = kernels.model_bytes(layers, storage_of(model));
  }
  return result;
}

std::int64_t expected_right(DigitsModel model) {
  // In the order of kDigitsModels.
  constexpr std::int64_t kRight[] = {1775, 1775, 1774, 1768, 1773, 1768, 1772};
  return kRight[static_cast<std::size_t>(model)];
}

std::string DigitsModelProblem::describe() const {
  return "all 1,797 images of digits, read by the model " + model_name(model);
}

std::optional<Failure> DigitsModelProblem::run(const DigitsKernels& kernels) const {
  const std::int64_t right = read_digits(model, kernels).all_right();
  const std::int64_t expected = expected_right(model);
  // A scale may be rounded in one way or another, and an image or two may be read differently.
  if (std::abs(right - expected) <= 2) return std::nullopt;
  return Failure{.reason = "wrong_result",
                 .what =
                     "the network, made with your kernels, reads other digits than it should; "
                     "when each kernel passes its own tests, look at digits",
                 .first = "images read right",
                 .expected = std::to_string(expected),
                 .actual = std::to_string(right)};
}

}  // namespace rooflab::testing
