#include <rooflab/testing/core/random.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <random>
#include <stdexcept>
#include <string_view>

namespace rooflab::testing {
namespace {

// A key's two uses never share a block.
constexpr std::uint64_t kNumbers = 0;
constexpr std::uint64_t kKeys = 1;

Key parse_key(std::string_view text) {
  Key key;
  bool right = text.size() == 8 * key.words.size();
  for (std::size_t i = 0; right && i < key.words.size(); ++i) {
    const std::string_view word = text.substr(8 * i, 8);
    const auto read = std::from_chars(word.data(), word.data() + word.size(), key.words[i], 16);
    right = read.ec == std::errc() && read.ptr == word.data() + word.size();
  }
  if (!right) throw std::invalid_argument("ROOFLAB_KEY must be 64 hexadecimal digits");
  return key;
}

}  // namespace

Key Key::derived(std::uint64_t label) const {
  Keystream stream;
  keystream(*this, kKeys, label, stream);
  Key key;
  std::copy_n(stream.begin(), key.words.size(), key.words.begin());
  return key;
}

const Key& session_key() {
  static const char* text = std::getenv("ROOFLAB_KEY");
  static const Key key = text != nullptr ? parse_key(text) : entropy_key();
  return key;
}

Key next_key() {
  static std::uint64_t count = 0;
  return session_key().derived(count++);
}

Key entropy_key() {
  std::random_device device;
  Key key;
  for (std::uint32_t& word : key.words) word = device();
  return key;
}

void Random::refill() {
  keystream(key_, kNumbers, counter_++, words_);
  next_ = 0;
}

}  // namespace rooflab::testing
