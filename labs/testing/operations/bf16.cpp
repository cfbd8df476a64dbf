#include <rooflab/matrix.h>
#include <rooflab/testing/core/operation.h>
#include <rooflab/testing/core/placed.h>
#include <rooflab/testing/operations/bf16.h>

#include <array>
#include <bit>
#include <cmath>
#include <cstdio>

namespace rooflab::testing {
namespace {

std::uint32_t bits_of(float x) { return std::bit_cast<std::uint32_t>(x); }
std::uint32_t bits_of(Bf16 x) { return x.bits; }

template <class T>
T from_bits(std::uint32_t bits) {
  if constexpr (std::is_same_v<T, Bf16>) {
    return {static_cast<std::uint16_t>(bits)};
  } else {
    return std::bit_cast<float>(bits);
  }
}

// The right answer. A bf16 is the upper half of a float, and what the lower half says is whether
// the next one (infinity, behind the largest number) is nearer.
Bf16 converted(float x) {
  const std::uint32_t upper = bits_of(x) >> 16U;
  const std::uint32_t lower = bits_of(x) & 0xffffU;
  if (std::isnan(x)) return from_bits<Bf16>(upper | 0x40U);
  const bool up = lower > 0x8000U || (lower == 0x8000U && upper % 2 == 1);
  return from_bits<Bf16>(up ? upper + 1 : upper);
}
float converted(Bf16 x) { return from_bits<float>(bits_of(x) << 16U); }

// "1.0078125 (0x1.02p+0, bits 0x3f81)": as C++ reads it, for a test of one's own, and as it is
// stored.
template <class T>
std::string shown(T element) {
  const double value = value_of(element);
  std::array<char, 80> text{};
  const int digits = 2 * sizeof(T);
  if (std::isfinite(value)) {
    std::snprintf(text.data(), text.size(), "%.9g (%a, bits 0x%0*x)", value, value, digits,
                  bits_of(element));
  } else {
    const char* infinity = value < 0 ? "-inf" : "inf";
    std::snprintf(text.data(), text.size(), "%s (bits 0x%0*x)",
                  std::isnan(value) ? "NaN" : infinity, digits, bits_of(element));
  }
  return text.data();
}

template <class From, class To>
struct Operands {
  using Problem = ConversionProblem<From, To>;

  GuardedMatrix<From> x;
  GuardedMatrix<To> y;
  bool at_page_end;

  explicit Operands(const Problem& p)
      : x(1, p.size, {.misalign = p.misalign_x}),
        y(1, p.size, {.misalign = p.misalign_y}),
        at_page_end(p.at_page_end == 1) {
    Random random(p.key);
    std::uint32_t bits = p.first;
    switch (p.contents) {
      case Contents::unit:
        fill(x, Values::unit, random);
        break;
      case Contents::any:
        for (From& element : x.span()) {
          element = from_bits<From>(static_cast<std::uint32_t>(random.bits()));
        }
        break;
      case Contents::walk:
        for (From& element : x.span()) {
          element = from_bits<From>(bits);
          bits += p.step;
        }
    }
    fill(y, p.initial_output, random);
  }

  void call(auto kernel) { kernel(Placed(x, at_page_end).span(), y.span()); }

  [[nodiscard]] std::optional<Failure> judge(const Operands& before) const {
    return first_of({judge_input("x", before.x, x), judge_surroundings("y", y), differs(before)});
  }

  [[nodiscard]] std::optional<Failure> verify() const {
    if (auto failure = judge_surroundings("y", y)) return failure;
    return judge_random_tenth(1, std::ssize(x.span()),
                              [this](std::int64_t /*row*/, std::int64_t j) {
                                return is_right(j) ? std::nullopt : std::optional(wrong(j));
                              });
  }

 private:
  [[nodiscard]] bool is_right(std::int64_t j) const {
    return bits_of(y.view()(0, j)) == bits_of(converted(x.view()(0, j)));
  }

  [[nodiscard]] Failure wrong(std::int64_t j) const {
    const From argument = x.view()(0, j);
    return {.reason = "wrong_result",
            .what = "y is wrong",
            .first = "y(" + std::to_string(j) + "), where x is " + shown(argument),
            .expected = shown(converted(argument)),
            .actual = shown(y.view()(0, j))};
  }

  // All elements. What the wrong ones have in common is found from their bits, as whole numbers.
  [[nodiscard]] std::optional<Failure> differs(const Operands& before) const {
    const auto size = std::ssize(x.span());
    std::int64_t first = 0;
    while (first < size && is_right(first)) ++first;
    if (first == size) return std::nullopt;
    ExpectedMatrix expected(1, size);
    Matrix<std::int32_t> held(1, size), holds(1, size);
    const auto number = [](To element) { return static_cast<std::int32_t>(bits_of(element)); };
    for (std::int64_t j = 0; j < size; ++j) {
      expected(0, j).value = number(converted(x.view()(0, j)));
      held(0, j) = number(before.y.view()(0, j));
      holds(0, j) = number(y.view()(0, j));
    }
    Failure failure = wrong(first);
    if (const auto mismatch = compare<std::int32_t>(expected, held.view(), holds.view())) {
      failure.pattern = mismatch->pattern;
      failure.region = mismatch->region;
      failure.wrong = std::to_string(mismatch->wrong) + " of " + std::to_string(size) +
                      (size == 1 ? " element" : " elements");
    }
    return failure;
  }
};

template <class From, class To>
Case conversion_case(Named<typename ConversionProblem<From, To>::Kernel> kernel,
                     std::int64_t size) {
  return measured_case<Operands<From, To>>(kernel, std::to_string(size),
                                           ConversionProblem<From, To>{.size = size}, 0,
                                           6.0 * static_cast<double>(size));
}

}  // namespace

template <class From, class To>
std::vector<Dimension> ConversionProblem<From, To>::dimensions() {
  return {at_least_one(size), {&misalign_x}, {&misalign_y}};
}

template <class From, class To>
std::string ConversionProblem<From, To>::describe() const {
  std::string text = std::to_string(size) + (size == 1 ? " element" : " elements");
  if (contents == Contents::any) text += " of any bits";
  if (contents == Contents::walk) {
    const std::string start = shown(from_bits<From>(first));
    text += size == 1 ? ", " + start : ", from " + start + " on";
  }
  if (at_page_end == 1) text += describe_page_end("x");
  if (misalign_x > 0 || misalign_y > 0) {
    text += ", x " + std::to_string(misalign_x) + " and y " + std::to_string(misalign_y) +
            " elements past a cache line";
  }
  return text + describe_rest(0, Values::unit, initial_output, "y");
}

template <class From, class To>
std::optional<Failure> ConversionProblem<From, To>::run(Kernel kernel) const {
  return call_and_judge<Operands<From, To>>(*this, kernel);
}

template struct ConversionProblem<float, Bf16>;
template struct ConversionProblem<Bf16, float>;

Case to_bf16_case(Named<ToBf16Kernel> kernel, std::int64_t size) {
  return conversion_case<float, Bf16>(kernel, size);
}

Case from_bf16_case(Named<FromBf16Kernel> kernel, std::int64_t size) {
  return conversion_case<Bf16, float>(kernel, size);
}

}  // namespace rooflab::testing
