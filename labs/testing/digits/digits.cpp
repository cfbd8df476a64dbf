#include <rooflab/testing/digits/digits.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstring>
#include <stdexcept>

// The assembler copies the files into the program: their size in bytes, then one behind the other.
asm(R"(
  .pushsection .rodata
  .balign 8
  .globl rooflab_digits_bytes
  .globl rooflab_digits
rooflab_digits_bytes:
  .quad 9f - rooflab_digits
rooflab_digits:
  .incbin ")" ROOFLAB_DIGITS R"(/images.bin"
  .incbin ")" ROOFLAB_DIGITS R"(/dense.bin"
  .incbin ")" ROOFLAB_DIGITS R"(/pruned_80.bin"
  .incbin ")" ROOFLAB_DIGITS R"(/pruned_90.bin"
  .incbin ")" ROOFLAB_DIGITS R"(/two_of_four.bin"
9:
  .popsection
)");
extern "C" const std::uint64_t rooflab_digits_bytes;
extern "C" const std::uint8_t rooflab_digits[];

namespace rooflab::testing::digits {
namespace {

static_assert(std::endian::native == std::endian::little, "as the files are");

using Bytes = std::span<const std::uint8_t>;

constexpr std::size_t kVariants = 4;
constexpr std::int64_t kRecordBytes = kPixels + 2;  // the pixels, the label, the fold
constexpr std::int64_t kWeights = kPixels * kHidden + kHidden * kClasses;
// By variant, the weights of a network that are not zero.
constexpr std::array<std::int64_t, kVariants> kStored{kWeights, kWeights - 6554 - 1024,
                                                      kWeights - 7373 - 1152, kWeights / 2};

constexpr std::size_t images_bytes() { return kImages * kRecordBytes; }
constexpr std::size_t network_bytes(std::size_t variant) {
  const std::int64_t numbers = kStored.at(variant) + kHidden + kClasses;
  return static_cast<std::size_t>(kWeights / 8 + numbers * std::int64_t{sizeof(float)});
}
/// Where the networks of a variant begin; of the one behind the last, where the files end.
constexpr std::size_t begin_of(std::size_t variant) {
  std::size_t begin = images_bytes();
  for (std::size_t i = 0; i < variant; ++i) begin += kFolds * network_bytes(i);
  return begin;
}

Bytes files() {
  if (rooflab_digits_bytes != begin_of(kVariants)) {
    throw std::logic_error("a file of labs/testing/digits has the wrong size");
  }
  return {rooflab_digits, begin_of(kVariants)};
}

void check(int fold) {
  if (fold < 0 || fold >= kFolds) throw std::out_of_range("the folds of the digits are 0 to 4");
}

struct Images {
  Matrix<float> pixels{kImages, kPixels};
  std::vector<std::uint8_t> labels, folds;

  Images() {
    const MatrixView<const std::uint8_t> records = digits::pixels();
    for (std::int64_t i = 0; i < kImages; ++i) {
      const std::uint8_t* record = records.row(i);
      for (std::int64_t j = 0; j < kPixels; ++j) pixels(i, j) = static_cast<float>(record[j]) / 16;
      labels.push_back(record[kPixels]);
      folds.push_back(record[kPixels + 1]);
    }
  }
};

const Images& all() {
  static const Images images;
  return images;
}

std::vector<std::int64_t> rows_where(int fold, bool inside) {
  check(fold);
  std::vector<std::int64_t> rows;
  std::int64_t row = 0;
  for (const int other : folds()) {
    if ((other == fold) == inside) rows.push_back(row);
    ++row;
  }
  return rows;
}

/// Reads from front to back, and nothing behind the end.
class Reader {
 public:
  explicit Reader(Bytes bytes) : rest_(bytes) {}

  Bytes take(std::size_t count) {
    if (count > rest_.size()) throw std::logic_error("a mask of labs/testing/digits is wrong");
    const Bytes taken = rest_.first(count);
    rest_ = rest_.subspan(count);
    return taken;
  }
  float number() {
    float value = 0;
    std::memcpy(&value, take(sizeof value).data(), sizeof value);
    return value;
  }

 private:
  Bytes rest_;
};

/// Bit i of the mask, the lowest of a byte first, says whether element i is stored.
void fill(const Matrix<float>& matrix, Bytes mask, Reader& values) {
  const MatrixView<float> view = matrix.view();
  for (std::size_t i = 0; i < 8 * mask.size(); ++i) {
    if ((mask[i / 8] >> i % 8 & 1) != 0) view.data[i] = values.number();
  }
}

}  // namespace

MatrixView<const std::uint8_t> pixels() { return {files().data(), kImages, kPixels, kRecordBytes}; }
MatrixView<const float> images() { return all().pixels.view(); }
std::span<const std::uint8_t> labels() { return all().labels; }
std::span<const std::uint8_t> folds() { return all().folds; }
std::vector<std::int64_t> rows_of(int fold) { return rows_where(fold, true); }
std::vector<std::int64_t> rows_outside(int fold) { return rows_where(fold, false); }

Network network(Variant variant, int fold) {
  check(fold);
  const auto number = static_cast<std::size_t>(variant);
  const std::size_t size = network_bytes(number);
  Reader data(files().subspan(begin_of(number) + static_cast<std::size_t>(fold) * size, size));
  Network network{{kPixels, kHidden},
                  {kHidden, kClasses},
                  std::vector<float>(kHidden),
                  std::vector<float>(kClasses)};
  const Bytes w1_mask = data.take(kPixels * kHidden / 8);
  const Bytes w2_mask = data.take(kHidden * kClasses / 8);
  fill(network.w1, w1_mask, data);
  fill(network.w2, w2_mask, data);
  for (float& bias : network.b1) bias = data.number();
  for (float& bias : network.b2) bias = data.number();
  return network;
}

}  // namespace rooflab::testing::digits
