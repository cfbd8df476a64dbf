// The kernels that your speedup is measured against: right, plain, and one element at a time. Not
// edited. What is measured over fp32 is in drivers.cpp.
#include <algorithm>
#include <bit>
#include <cmath>
#include <vector>

#include "kernels.h"

namespace lab05 {
namespace {

// Rounded, plus the zero point, within 0…255; NaN counts as 0.
std::uint8_t saturated(float x, std::int32_t zero_point) {
  const float rounded = std::isnan(x) ? 0.0F : std::nearbyint(x);
  const float q = std::clamp(rounded, -1000.0F, 1000.0F) + static_cast<float>(zero_point);
  return static_cast<std::uint8_t>(std::clamp(q, 0.0F, 255.0F));
}

// The p-th percentile of sorted elements.
float percentile_of(const std::vector<float>& sorted, double p) {
  const double position = p / 100 * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(position);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  const auto part = static_cast<float>(position - static_cast<double>(below));
  return sorted[below] + part * (sorted[above] - sorted[below]);
}

std::size_t index(std::int64_t i) { return static_cast<std::size_t>(i); }

// A bf16 is the upper half of a float.
float value(Bf16 x) { return std::bit_cast<float>(std::uint32_t{x.bits} << 16U); }

}  // namespace

QuantParams choose_params(float lo, float hi) {
  lo = std::min(lo, 0.0F);
  hi = std::max(hi, 0.0F);
  if (lo == hi) return {1, 0};
  const auto width = static_cast<double>(hi) - static_cast<double>(lo);
  const auto scale = static_cast<float>(width / 255);
  return {scale, static_cast<std::int32_t>(std::nearbyint(-lo / scale))};
}

Range calibrate(std::span<const float> x, double percentile) {
  if (x.empty()) return {0, 0};
  std::vector<float> sorted(x.begin(), x.end());
  std::sort(sorted.begin(), sorted.end());
  return {percentile_of(sorted, 100 - percentile), percentile_of(sorted, percentile)};
}

void quantize(std::span<const float> x, QuantParams params, std::span<std::uint8_t> q) {
  for (std::size_t i = 0; i < x.size(); ++i) {
    q[i] = saturated(x[i] / params.scale, params.zero_point);
  }
}

void dequantize(std::span<const std::uint8_t> q, QuantParams params, std::span<float> x) {
  for (std::size_t i = 0; i < q.size(); ++i) {
    x[i] = params.scale * static_cast<float>(q[i] - params.zero_point);
  }
}

void quantize_weights(MatrixView<const float> w, std::int32_t largest, std::span<float> scales,
                      MatrixView<std::int8_t> q) {
  const bool per_channel = std::ssize(scales) == w.cols;
  const auto channel = [per_channel](std::int64_t j) { return per_channel ? index(j) : 0; };
  std::ranges::fill(scales, 0.0F);
  for (std::int64_t i = 0; i < w.rows; ++i) {
    for (std::int64_t j = 0; j < w.cols; ++j) {
      scales[channel(j)] = std::max(scales[channel(j)], std::abs(w(i, j)));
    }
  }
  const auto limit = static_cast<float>(largest);
  for (float& scale : scales) scale = scale > 0 ? scale / limit : 1;
  for (std::int64_t i = 0; i < w.rows; ++i) {
    for (std::int64_t j = 0; j < w.cols; ++j) {
      const float rounded = std::nearbyint(w(i, j) / scales[channel(j)]);
      q(i, j) = static_cast<std::int8_t>(std::clamp(rounded, -limit, limit));
    }
  }
}

// Loops in the order i, p, j: rows of b and c are walked along.
void matmul_int8(MatrixView<const std::uint8_t> a, MatrixView<const std::int8_t> b, QuantParams pa,
                 QuantParams pb, MatrixView<std::int32_t> c) {
  for (std::int64_t i = 0; i < c.rows; ++i) {
    std::int32_t* c_row = c.row(i);
    std::fill_n(c_row, c.cols, 0);
    for (std::int64_t p = 0; p < a.cols; ++p) {
      const std::int32_t factor = a(i, p) - pa.zero_point;
      const std::int8_t* b_row = b.row(p);
      for (std::int64_t j = 0; j < c.cols; ++j) c_row[j] += factor * (b_row[j] - pb.zero_point);
    }
  }
}

void matmul_int8_simd(MatrixView<const std::uint8_t> a, MatrixView<const std::int8_t> b,
                      QuantParams pa, QuantParams pb, MatrixView<std::int32_t> c) {
  matmul_int8(a, b, pa, pb, c);
}

void requantize(MatrixView<const std::int32_t> acc, float scale, std::int32_t zero_point,
                MatrixView<std::uint8_t> out) {
  for (std::int64_t i = 0; i < acc.rows; ++i) {
    for (std::int64_t j = 0; j < acc.cols; ++j) {
      out(i, j) = saturated(static_cast<float>(acc(i, j)) * scale, zero_point);
    }
  }
}

void requantize_channels(MatrixView<const std::int32_t> acc, std::span<const std::int32_t> bias,
                         std::span<const float> scales, std::int32_t zero_point,
                         MatrixView<std::uint8_t> out) {
  for (std::int64_t i = 0; i < acc.rows; ++i) {
    for (std::int64_t j = 0; j < acc.cols; ++j) {
      const auto sum = static_cast<float>(acc(i, j) + bias[index(j)]);
      out(i, j) = saturated(sum * scales[index(j)], zero_point);
    }
  }
}

// A row of a, one element after the other: each takes a row of b with it.
void spmm_csr(std::span<const std::int32_t> row_starts, std::span<const std::int32_t> columns,
              std::span<const float> values, MatrixView<const float> b, MatrixView<float> c) {
  for (std::int64_t i = 0; i < c.rows; ++i) {
    float* c_row = c.row(i);
    std::fill_n(c_row, c.cols, 0.0F);
    const auto row = static_cast<std::size_t>(i);
    for (auto p = static_cast<std::size_t>(row_starts[row]);
         p < static_cast<std::size_t>(row_starts[row + 1]); ++p) {
      const float factor = values[p];
      const float* b_row = b.row(columns[p]);
      for (std::int64_t j = 0; j < c.cols; ++j) c_row[j] += factor * b_row[j];
    }
  }
}

std::int64_t model_bytes(std::span<const Layer> layers, Storage storage) {
  std::int64_t bytes = 0;
  for (const auto& [inputs, outputs, nonzeros] : layers) {
    const std::int64_t weights = inputs * outputs;
    const auto params = static_cast<std::int64_t>(sizeof(QuantParams));
    bytes += 4 * outputs;  // biases
    switch (storage) {
      case Storage::fp32:
        bytes += 4 * weights;
        break;
      case Storage::bf16:
        bytes += 2 * weights;
        break;
      case Storage::int8_per_tensor:
        bytes += weights + 4 + params;
        break;
      case Storage::int8_per_channel:
        bytes += weights + 4 * outputs + params;
        break;
      case Storage::int4_per_channel:
        bytes += (weights + 1) / 2 + 4 * outputs + params;
        break;
      case Storage::csr:
        bytes += (4 + 4) * nonzeros + 4 * (outputs + 1);
        break;
      case Storage::two_of_four:
        bytes += 4 * (weights / 2) + (weights / 2 + 3) / 4;
        break;
    }
  }
  return bytes;
}

// The lower half decides: more than half of the way up, or just half and the upper half odd.
void to_bf16(std::span<const float> x, std::span<Bf16> y) {
  for (std::size_t i = 0; i < x.size(); ++i) {
    const auto bits = std::bit_cast<std::uint32_t>(x[i]);
    std::uint32_t upper = bits >> 16U;
    const std::uint32_t lower = bits & 0xffffU;
    if (std::isnan(x[i])) {
      upper |= 0x40U;
    } else if (lower > 0x8000U || (lower == 0x8000U && upper % 2 == 1)) {
      ++upper;
    }
    y[i].bits = static_cast<std::uint16_t>(upper);
  }
}

void from_bf16(std::span<const Bf16> x, std::span<float> y) {
  for (std::size_t i = 0; i < x.size(); ++i) y[i] = value(x[i]);
}

// One sum for each row: each addition waits for the one before it.
void gemv_bf16(MatrixView<const Bf16> w, std::span<const float> x, std::span<float> y) {
  for (std::int64_t i = 0; i < w.rows; ++i) {
    float sum = 0;
    for (std::int64_t j = 0; j < w.cols; ++j)
      sum += value(w(i, j)) * x[static_cast<std::size_t>(j)];
    y[static_cast<std::size_t>(i)] = sum;
  }
}

}  // namespace lab05
