#include <rooflab/testing/core/operation.h>
#include <rooflab/testing/operations/conv2d.h>

#include <algorithm>
#include <cmath>

namespace rooflab::testing {
namespace {

// A tensor's rows are kept as the rows of a matrix without padding.
struct Operands {
  Conv2dShape shape;
  GuardedMatrix<float> x, w, bias, y;

  explicit Operands(const Conv2dProblem& p)
      : shape(p.shape),
        x(shape.batch * shape.in_channels * shape.height, shape.width, {0, p.misalign}),
        w(shape.out_channels * shape.in_channels * shape.kernel_h, shape.kernel_w, {0, p.misalign}),
        bias(1, p.with_bias != 0 ? shape.out_channels : 0, {0, p.misalign}),
        y(shape.batch * shape.out_channels * shape.out_height(), shape.out_width(),
          {0, p.misalign}) {
    Random random(p.key);
    fill(x, p.values, random);
    fill(w, Values::unit, random);
    fill(bias, p.values, random);
    fill(y, p.initial_output, random);
  }

  void call(Conv2dKernel kernel) {
    kernel(x_view(), w_view(), bias.span(), shape.padding,
           y.tensor(shape.batch, shape.out_channels, shape.out_height(), shape.out_width()));
  }

  [[nodiscard]] std::optional<Failure> judge(const Operands& before) const {
    ExpectedMatrix expected(y.view().rows, y.view().cols);
    for (std::int64_t row = 0; row < expected.rows; ++row) {
      for (std::int64_t j = 0; j < expected.cols; ++j) expected(row, j) = before.exact(row, j);
    }
    return first_of({judge_input("x", before.x, x), judge_input("w", before.w, w),
                     judge_input("bias", before.bias, bias),
                     judge_output("y", expected, before.y, y)});
  }

  [[nodiscard]] std::optional<Failure> verify() const {
    if (auto failure = judge_surroundings("y", y)) return failure;
    return judge_random_tenth(y.view().rows, y.view().cols, [&](std::int64_t row, std::int64_t j) {
      const auto [n, o, i] = place(row);
      return judge_element("y", {n, o, i, j}, exact(row, j), y.view()(row, j));
    });
  }

 private:
  struct Place {
    std::int64_t image, channel, i;
  };

  [[nodiscard]] Tensor4View<const float> x_view() const {
    return x.tensor(shape.batch, shape.in_channels, shape.height, shape.width);
  }
  [[nodiscard]] Tensor4View<const float> w_view() const {
    return w.tensor(shape.out_channels, shape.in_channels, shape.kernel_h, shape.kernel_w);
  }
  // Where a row of y stands.
  [[nodiscard]] Place place(std::int64_t row) const {
    const std::int64_t plane = row / shape.out_height();
    return {plane / shape.out_channels, plane % shape.out_channels, row % shape.out_height()};
  }

  [[nodiscard]] Expected exact(std::int64_t row, std::int64_t j) const {
    const auto [n, o, i] = place(row);
    const auto in = x_view();
    const auto filter = w_view();
    Expected e;
    if (!bias.span().empty()) e.value = value_of(bias.span()[static_cast<std::size_t>(o)]);
    e.bound = std::abs(e.value);
    for (std::int64_t c = 0; c < filter.channels; ++c) {
      for (std::int64_t r = 0; r < filter.height; ++r) {
        const std::int64_t y_in = i + r - shape.padding;
        if (y_in < 0 || y_in >= in.height) continue;
        for (std::int64_t s = 0; s < filter.width; ++s) {
          const std::int64_t x_in = j + s - shape.padding;
          if (x_in < 0 || x_in >= in.width) continue;
          const double term = value_of(filter(o, c, r, s)) * value_of(in(n, c, y_in, x_in));
          e.value += term;
          e.bound += std::abs(term);
        }
      }
    }
    const std::int64_t terms = filter.channels * filter.height * filter.width + 2;
    e.bound = gamma(terms) * e.bound + static_cast<double>(terms) * kSmallestFloat;
    return e;
  }
};

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
  std::string text = "x " + describe_extents({s.batch, s.in_channels, s.height, s.width}) + ", w " +
                     describe_extents({s.out_channels, s.in_channels, s.kernel_h, s.kernel_w}) +
                     ", padding " + std::to_string(s.padding) +
                     (with_bias != 0 ? "" : ", no bias") + ", y " +
                     describe_extents({s.batch, s.out_channels, s.out_height(), s.out_width()});
  return text + describe_rest(misalign, values, initial_output, "y");
}

std::optional<Failure> Conv2dProblem::run(Conv2dKernel kernel) const {
  return call_and_judge<Operands>(*this, kernel);
}

Case conv2d_case(Named<Conv2dKernel> kernel, Conv2dShape s) {
  const double outputs =
      static_cast<double>(s.batch * s.out_channels * s.out_height() * s.out_width());
  const double taps = static_cast<double>(s.in_channels * s.kernel_h * s.kernel_w);
  const double inputs = static_cast<double>(s.batch * s.in_channels * s.height * s.width);
  return measured_case<Operands>(
      kernel,
      describe_extents({s.in_channels, s.height, s.width}) + "_" +
          describe_extents({s.out_channels, s.kernel_h, s.kernel_w}),
      Conv2dProblem{.shape = s}, 2 * outputs * taps,
      4 * (outputs + inputs + static_cast<double>(s.out_channels) * (taps + 1)));
}

}  // namespace rooflab::testing
