#include <rooflab/testing/operations/conv2d.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace rooflab::testing {
namespace {

// The memory of one call. A tensor's rows are kept as the rows of a matrix without padding.
struct Tensors {
  Conv2dShape shape;
  GuardedMatrix x, w, bias, y;

  Tensors(const Conv2dShape& s, bool with_bias, std::int64_t misalign)
      : shape(s),
        x(s.batch * s.in_channels * s.height, s.width, {0, misalign}),
        w(s.out_channels * s.in_channels * s.kernel_h, s.kernel_w, {0, misalign}),
        bias(1, with_bias ? s.out_channels : 0, {0, misalign}),
        y(s.batch * s.out_channels * s.out_height(), s.out_width(), {0, misalign}) {}

  [[nodiscard]] Tensor4View<const float> x_view() const {
    return x.tensor(shape.batch, shape.in_channels, shape.height, shape.width);
  }
  [[nodiscard]] Tensor4View<const float> w_view() const {
    return w.tensor(shape.out_channels, shape.in_channels, shape.kernel_h, shape.kernel_w);
  }
  [[nodiscard]] Tensor4View<float> y_view() {
    return y.tensor(shape.batch, shape.out_channels, shape.out_height(), shape.out_width());
  }
  [[nodiscard]] Tensor4View<const float> y_view() const {
    return y.tensor(shape.batch, shape.out_channels, shape.out_height(), shape.out_width());
  }
  void call(Conv2dKernel kernel) {
    kernel(x_view(), w_view(), std::as_const(bias).span(), shape.padding, y_view());
  }
};

Expected exact(const Tensors& t, std::int64_t n, std::int64_t o, std::int64_t i, std::int64_t j) {
  const auto x = t.x_view();
  const auto w = t.w_view();
  const auto bias = t.bias.span();
  Expected e;
  if (!bias.empty()) e.value = static_cast<double>(bias[static_cast<std::size_t>(o)]);
  e.bound = std::abs(e.value);
  for (std::int64_t c = 0; c < w.channels; ++c) {
    for (std::int64_t r = 0; r < w.height; ++r) {
      const std::int64_t y_in = i + r - t.shape.padding;
      if (y_in < 0 || y_in >= x.height) continue;
      for (std::int64_t s = 0; s < w.width; ++s) {
        const std::int64_t x_in = j + s - t.shape.padding;
        if (x_in < 0 || x_in >= x.width) continue;
        const double term =
            static_cast<double>(w(o, c, r, s)) * static_cast<double>(x(n, c, y_in, x_in));
        e.value += term;
        e.bound += std::abs(term);
      }
    }
  }
  const std::int64_t terms = w.channels * w.height * w.width + 2;
  e.bound = gamma(terms) * e.bound + static_cast<double>(terms) * kSmallestFloat;
  return e;
}

class Conv2dRun : public Run {
 public:
  Conv2dRun(Conv2dKernel kernel, const Conv2dShape& shape, const Key& key)
      : kernel_(kernel), tensors_(shape, true, 0) {
    Random random(key);
    fill(tensors_.x, Values::unit, random);
    fill(tensors_.w, Values::unit, random);
    fill(tensors_.bias, Values::unit, random);
    fill(tensors_.y, Before::nan, random);
  }

  void call() override { tensors_.call(kernel_); }

  [[nodiscard]] std::optional<Failure> verify() const override {
    if (auto failure = judge_surroundings("y", tensors_.y)) return failure;
    const auto y = tensors_.y_view();
    Random random(entropy_key());
    for (std::int64_t n = 0; n < y.batch; ++n) {
      for (std::int64_t o = 0; o < y.channels; ++o) {
        for (std::int64_t i = 0; i < y.height; ++i) {
          for (std::int64_t j = random.integer(0, 9); j < y.width; j += random.integer(1, 19)) {
            const Expected e = exact(tensors_, n, o, i, j);
            if (accepts(e, y(n, o, i, j))) continue;
            const std::string index = std::to_string(n) + ", " + std::to_string(o) + ", " +
                                      std::to_string(i) + ", " + std::to_string(j);
            return wrong_element("y", index, e, y(n, o, i, j));
          }
        }
      }
    }
    return std::nullopt;
  }

 private:
  Conv2dKernel kernel_;
  Tensors tensors_;
};

std::string extent(std::initializer_list<std::int64_t> sizes) {
  std::string text;
  for (const std::int64_t size : sizes) {
    if (!text.empty()) text += "x";
    text += std::to_string(size);
  }
  return text;
}

}  // namespace

std::vector<Dimension> Conv2dProblem::dimensions() {
  // Shrinking keeps the output's extents positive, and goes from what is easiest to do without: the
  // filter first, then the padding, then the image.
  const Dimension height = at_least_one(shape.height);
  const Dimension width = at_least_one(shape.width);
  return {at_least_one(shape.batch),
          {&shape.out_channels, 1},
          at_least_one(shape.in_channels),
          {&shape.kernel_h, 1},
          {&shape.kernel_w, 1},
          {&shape.padding, std::max<std::int64_t>({0, (shape.kernel_h - shape.height) / 2,
                                                   (shape.kernel_w - shape.width) / 2})},
          {height.value, std::max(height.lowest, shape.kernel_h - 1 - 2 * shape.padding)},
          {width.value, std::max(width.lowest, shape.kernel_w - 1 - 2 * shape.padding)},
          {&with_bias},
          {&misalign}};
}

std::string Conv2dProblem::describe() const {
  const auto& s = shape;
  std::string text = "x " + extent({s.batch, s.in_channels, s.height, s.width}) + ", w " +
                     extent({s.out_channels, s.in_channels, s.kernel_h, s.kernel_w}) +
                     ", padding " + std::to_string(s.padding) +
                     (with_bias != 0 ? "" : ", no bias") + ", y " +
                     extent({s.batch, s.out_channels, s.out_height(), s.out_width()});
  return text + describe_rest(misalign, values, before, "y");
}

std::optional<Failure> Conv2dProblem::run(Conv2dKernel kernel) const {
  Random random(key);
  Tensors tensors(shape, with_bias != 0, misalign);
  fill(tensors.x, values, random);
  fill(tensors.w, Values::unit, random);
  fill(tensors.bias, values, random);
  fill(tensors.y, before, random);
  const Tensors old = tensors;
  tensors.call(kernel);

  if (auto failure = judge_input("x", old.x, tensors.x)) return failure;
  if (auto failure = judge_input("w", old.w, tensors.w)) return failure;
  if (auto failure = judge_input("bias", old.bias, tensors.bias)) return failure;
  const auto y = old.y_view();
  const std::int64_t rows = y.batch * y.channels * y.height;
  ExpectedMatrix expected(rows, y.width);
  for (std::int64_t row = 0; row < rows; ++row) {
    const std::int64_t plane = row / y.height;
    for (std::int64_t j = 0; j < y.width; ++j) {
      expected(row, j) = exact(old, plane / y.channels, plane % y.channels, row % y.height, j);
    }
  }
  return judge_output("y", expected, old.y, tensors.y);
}

Case conv2d_case(const std::string& kernel_name, Conv2dKernel kernel, Conv2dShape s) {
  const double outputs =
      static_cast<double>(s.batch * s.out_channels * s.out_height() * s.out_width());
  const double taps = static_cast<double>(s.in_channels * s.kernel_h * s.kernel_w);
  const double inputs = static_cast<double>(s.batch * s.in_channels * s.height * s.width);
  return {kernel_name + "/" + extent({s.in_channels, s.height, s.width}) + "_" +
              extent({s.out_channels, s.kernel_h, s.kernel_w}),
          kernel_name,
          Conv2dProblem{.shape = s}.describe(),
          2 * outputs * taps,
          4 * (outputs + inputs + static_cast<double>(s.out_channels) * (taps + 1)),
          [=](const Key& key) { return std::make_unique<Conv2dRun>(kernel, s, key); }};
}

}  // namespace rooflab::testing
