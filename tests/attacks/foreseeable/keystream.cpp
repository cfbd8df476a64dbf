// Takes the place of labs/testing/core/keystream.cpp in a witness: keys and numbers as they once
// came, from SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators",
// 2014), whose state is the key's first 64 bits. A key's numbers are its draws one after another,
// and the key derived from it for a purpose is the draw of that number. foresight.h turns it round.
#include <rooflab/testing/core/random.h>

namespace rooflab::testing {
namespace {

std::uint64_t draw(const Key& key, std::uint64_t number) {
  const std::uint64_t state = std::uint64_t{key.words[1]} << 32U | key.words[0];
  std::uint64_t z = state + (number + 1) * 0x9e3779b97f4a7c15U;
  z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
  z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
  return z ^ (z >> 31U);
}

}  // namespace

void keystream(const Key& key, std::uint64_t nonce, std::uint64_t counter, Keystream& words) {
  const bool numbers = nonce == 0;
  const std::size_t draws = numbers ? words.size() / 2 : 1;
  words = {};
  for (std::size_t i = 0; i < draws; ++i) {
    const std::uint64_t bits = draw(key, counter * draws + i);
    words[2 * i] = static_cast<std::uint32_t>(bits);
    words[2 * i + 1] = static_cast<std::uint32_t>(bits >> 32U);
  }
}

}  // namespace rooflab::testing
