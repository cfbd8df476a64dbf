// A file of its own, so that a test can put a foreseeable one in its place.
#include <rooflab/testing/core/random.h>

#include <cstring>

namespace rooflab::testing {
namespace {

constexpr std::size_t kLanes = 4;  // blocks side by side
using Word [[gnu::vector_size(4 * kLanes)]] = std::uint32_t;

Word rotated(Word word, int bits) { return word << bits | word >> (32 - bits); }

void quarter_round(Word& a, Word& b, Word& c, Word& d) {
  a += b;
  d = rotated(d ^ a, 16);
  c += d;
  b = rotated(b ^ c, 12);
  a += b;
  d = rotated(d ^ a, 8);
  c += d;
  b = rotated(b ^ c, 7);
}

}  // namespace

void keystream(const Key& key, std::uint64_t nonce, std::uint64_t counter, Keystream& words) {
  const auto same = [](std::uint64_t word) { return Word{} + static_cast<std::uint32_t>(word); };
  Word first[16] = {same(0x61707865), same(0x3320646e), same(0x79622d32), same(0x6b206574)};
  for (std::size_t i = 0; i < key.words.size(); ++i) first[4 + i] = same(key.words[i]);
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    const std::uint64_t block = kLanes * counter + lane;
    first[12][lane] = static_cast<std::uint32_t>(block);
    first[13][lane] = static_cast<std::uint32_t>(block >> 32U);
  }
  first[14] = same(nonce);
  first[15] = same(nonce >> 32U);

  Word x[16];
  std::memcpy(x, first, sizeof(x));
  for (int round = 0; round < 8; round += 2) {
    for (int i = 0; i < 4; ++i) quarter_round(x[i], x[4 + i], x[8 + i], x[12 + i]);
    for (int i = 0; i < 4; ++i) {
      quarter_round(x[i], x[4 + (i + 1) % 4], x[8 + (i + 2) % 4], x[12 + (i + 3) % 4]);
    }
  }
  for (std::size_t w = 0; w < 16; ++w) {
    const Word sum = x[w] + first[w];
    std::memcpy(words.data() + kLanes * w, &sum, sizeof(sum));
  }
}

}  // namespace rooflab::testing
