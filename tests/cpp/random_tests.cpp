// Keys and the numbers drawn from them.
#include <doctest/doctest.h>
#include <rooflab/testing/core/random.h>

#include <cstdint>
#include <cstdlib>
#include <set>
#include <string>

using namespace rooflab::testing;

namespace {

// The bytes of one of the four blocks, in hexadecimal, as published test vectors are written.
std::string block(const Key& key, std::uint64_t counter, std::size_t lane) {
  Keystream words;
  keystream(key, 0, counter, words);
  std::string text;
  for (std::size_t w = 0; w < 16; ++w) {
    for (const unsigned shift : {4U, 0U, 12U, 8U, 20U, 16U, 28U, 24U}) {
      text += "0123456789abcdef"[words[4 * w + lane] >> shift & 15U];
    }
  }
  return text;
}

}  // namespace

TEST_SUITE("random") {
  // Strombergson, "Test Vectors for the Stream Cipher ChaCha", case 1: 256-bit key, 8 rounds.
  TEST_CASE("the keystream is ChaCha's with eight rounds") {
    CHECK(block({}, 0, 0) ==
          "3e00ef2f895f40d67f5bb8e81f09a5a12c840ec3ce9a7f3b181be188ef711a1e"
          "984ce172b9216f419f445367456d5619314a42a3da86b001387bfdb80e0cfe42");
    CHECK(block({}, 0, 1) ==
          "d2aefa0deaa5c151bf0adb6c01f2a5adc0fd581259f9a2aadcf20f8fd566a26b"
          "5032ec38bbc5da98ee0c6f568b872a65a08abf251deb21bb4b56e5d8821e68aa");
  }
  TEST_CASE("no block comes twice") {
    std::set<std::string> seen;
    for (const std::uint64_t counter : {0U, 1U, 2U, 1U << 30U}) {
      for (const std::size_t lane : {0U, 1U, 2U, 3U}) seen.insert(block({{1}}, counter, lane));
    }
    CHECK(seen.size() == 16);
  }
  TEST_CASE("the same key gives the same numbers") {
    Random one(Key{{3}});
    Random other(Key{{3}});
    for (int i = 0; i < 100; ++i) CHECK(one.bits() == other.bits());
  }
  TEST_CASE("keys for different purposes differ, and from their own key's numbers") {
    const Key key{{4}};
    CHECK(key.derived(0) != key.derived(1));
    CHECK(key.derived(0).derived(1) != key.derived(1).derived(0));
    Keystream numbers;
    keystream(key, 0, 0, numbers);
    CHECK(key.derived(0).words[0] != numbers[0]);
  }
  TEST_CASE("each problem has a key of its own") { CHECK(next_key() != next_key()); }
  TEST_CASE("the operating system's keys differ") { CHECK(entropy_key() != entropy_key()); }
}
