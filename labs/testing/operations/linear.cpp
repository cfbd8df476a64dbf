#include <rooflab/testing/operations/linear.h>

#include <cmath>
#include <utility>

namespace rooflab::testing {
namespace {

// The memory of one call.
struct Layer {
  GuardedMatrix x, w, bias, y;

  explicit Layer(const LinearProblem& p)
      : x(p.shape.batch, p.shape.in, {p.pad_x, p.misalign}),
        w(p.shape.out, p.shape.in, {p.pad_w, p.misalign}),
        bias(1, p.with_bias != 0 ? p.shape.out : 0, {0, p.misalign}),
        y(p.shape.batch, p.shape.out, {p.pad_y, p.misalign}) {
    Random random(p.key);
    fill(x, p.values, random);
    fill(w, p.values, random);
    fill(bias, p.values, random);
    fill(y, p.before, random);
  }
  void call(LinearKernel kernel) {
    const Layer& inputs = *this;
    kernel(inputs.x.view(), inputs.w.view(), inputs.bias.span(), y.view());
  }
};

Expected exact(const Layer& layer, std::int64_t i, std::int64_t o) {
  const auto bias = layer.bias.span();
  const auto depth = layer.x.view().cols;
  const float* x = layer.x.view().row(i);
  const float* w = layer.w.view().row(o);
  Expected e;
  if (!bias.empty()) e.value = static_cast<double>(bias[static_cast<std::size_t>(o)]);
  e.bound = std::abs(e.value);
  for (std::int64_t p = 0; p < depth; ++p) {
    const double term = static_cast<double>(x[p]) * static_cast<double>(w[p]);
    e.value += term;
    e.bound += std::abs(term);
  }
  e.bound = gamma(depth + 2) * e.bound + static_cast<double>(depth + 2) * kSmallestFloat;
  return e;
}

class LinearRun : public Run {
 public:
  LinearRun(LinearKernel kernel, const LinearProblem& problem) : kernel_(kernel), layer_(problem) {}

  void call() override { layer_.call(kernel_); }

  [[nodiscard]] std::optional<Failure> verify() const override {
    if (auto failure = judge_surroundings("y", layer_.y)) return failure;
    const auto y = layer_.y.view();
    Random random(entropy_key());
    for (std::int64_t i = 0; i < y.rows; ++i) {
      for (std::int64_t o = random.integer(0, 9); o < y.cols; o += random.integer(1, 19)) {
        const Expected e = exact(layer_, i, o);
        if (accepts(e, y(i, o))) continue;
        return wrong_element("y", std::to_string(i) + ", " + std::to_string(o), e, y(i, o));
      }
    }
    return std::nullopt;
  }

 private:
  LinearKernel kernel_;
  Layer layer_;
};

}  // namespace

std::vector<Dimension> LinearProblem::dimensions() {
  return {at_least_one(shape.batch),
          at_least_one(shape.in),
          at_least_one(shape.out),
          {&pad_x},
          {&pad_w},
          {&pad_y},
          {&with_bias},
          {&misalign}};
}

std::string LinearProblem::describe() const {
  const std::string text = describe_matrix("x", shape.batch, shape.in, pad_x) + ", " +
                           describe_matrix("w", shape.out, shape.in, pad_w) +
                           (with_bias != 0 ? ", " : ", no bias, ") +
                           describe_matrix("y", shape.batch, shape.out, pad_y);
  return text + describe_rest(misalign, values, before, "y");
}

std::optional<Failure> LinearProblem::run(LinearKernel kernel) const {
  Layer layer(*this);
  const Layer old = layer;
  layer.call(kernel);

  if (auto failure = judge_input("x", old.x, layer.x)) return failure;
  if (auto failure = judge_input("w", old.w, layer.w)) return failure;
  if (auto failure = judge_input("bias", old.bias, layer.bias)) return failure;
  ExpectedMatrix expected(shape.batch, shape.out);
  for (std::int64_t i = 0; i < shape.batch; ++i) {
    for (std::int64_t o = 0; o < shape.out; ++o) expected(i, o) = exact(old, i, o);
  }
  return judge_output("y", expected, old.y, layer.y);
}

Case linear_case(const std::string& kernel_name, LinearKernel kernel, LinearShape shape) {
  const auto [batch, in, out] = shape;
  const auto outputs = static_cast<double>(batch * out);
  return {kernel_name + "/" + std::to_string(batch) + "x" + std::to_string(in) + "x" +
              std::to_string(out),
          kernel_name,
          LinearProblem{.shape = shape}.describe(),
          2 * outputs * static_cast<double>(in) + outputs,
          4 * (static_cast<double>(batch * in + out * in + out) + outputs),
          [=](const Key& key) {
            const LinearProblem problem{.shape = shape, .before = Before::nan, .key = key};
            return std::make_unique<LinearRun>(kernel, problem);
          }};
}

}  // namespace rooflab::testing
