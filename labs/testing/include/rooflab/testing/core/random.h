// Keys and random numbers for test data.
//
// Each problem is made from a key of its own, and nobody can go from what a problem shows to its
// key, or from one key to another: keys and numbers come from ChaCha, a stream cipher. (Where they
// came from one invertible generator, a kernel that saw two of its inputs knew all the rest.)
//
//   the session's key ── derived(0) ── derived(label) …      one key per problem
//                     └─ derived(1)         └─ Random        its shapes and contents
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace rooflab::testing {

/// 256 secret bits.
struct Key {
  std::array<std::uint32_t, 8> words{};

  /// The key for one of the purposes that this key has. It says nothing about this key, nor about
  /// those for other purposes.
  [[nodiscard]] Key derived(std::uint64_t label) const;
  bool operator==(const Key&) const = default;
};

/// The key of this process: ROOFLAB_KEY, 64 hexadecimal digits, if set (the grader derives one for
/// each program from its session's secret), else from the operating system. Throws
/// std::invalid_argument when ROOFLAB_KEY is something else.
[[nodiscard]] const Key& session_key();
/// Another one at each call, derived from the session's.
[[nodiscard]] Key next_key();
/// From the operating system. Verification draws from it, after the call, where it looks: a kernel
/// sees the problem, and so nothing that matters may follow from the problem's own key.
[[nodiscard]] Key entropy_key();

/// Four blocks of ChaCha with 8 rounds (Bernstein, "ChaCha, a variant of Salsa20", 2008), side by
/// side: word w of block 4·counter + l stands at 4·w + l. Eight rounds are unbroken (Aumasson, "Too
/// much crypto", 2019), and twice as fast as twenty.
using Keystream = std::array<std::uint32_t, 64>;
void keystream(const Key& key, std::uint64_t nonce, std::uint64_t counter, Keystream& words);

/// Random numbers: the same for the same key, on every platform; about 2 GB/s.
class Random {
 public:
  explicit Random(const Key& key) : key_(key) {}

  std::uint64_t bits() {
    if (next_ == words_.size()) refill();
    const std::uint64_t low = words_[next_];
    const std::uint64_t high = words_[next_ + 1];
    next_ += 2;
    return high << 32U | low;
  }
  /// Uniform in [low, high).
  double uniform(double low, double high) {
    return low + (high - low) * (static_cast<double>(bits() >> 11U) * 0x1p-53);
  }
  /// Uniform in [low, high], both included. Precondition: low <= high.
  std::int64_t integer(std::int64_t low, std::int64_t high) {
    return low + static_cast<std::int64_t>(bits() % static_cast<std::uint64_t>(high - low + 1));
  }
  /// A float of magnitude in [0.5, 1) and random sign: no term of a sum is negligible, so a lost
  /// term always shows.
  float signed_unit() { return signed_unit(static_cast<std::uint32_t>(bits() >> 32U)); }
  /// The same from 32 random bits: 23 of the mantissa and the sign, behind the exponent of 0.5. No
  /// processor could guess which way a branch goes.
  static float signed_unit(std::uint32_t bits) {
    return std::bit_cast<float>(0x3F000000U | bits >> 9U | ~bits << 31U);
  }

 private:
  void refill();

  Key key_;
  std::uint64_t counter_ = 0;
  Keystream words_{};
  std::size_t next_ = words_.size();
};

}  // namespace rooflab::testing
