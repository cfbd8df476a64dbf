// For a table of lab 05: what each small model of the network that reads digits gets right, and its
// bytes; and how long the dense ones take for all images. Linked with a lab's kernels and drivers.
#include <rooflab/testing/operations/digits_models.h>

#include <array>

#include "drivers.h"
#include "timed.h"

namespace {

using namespace rooflab::testing;

constexpr DigitsKernels kKernels{lab05::choose_params, lab05::calibrate,   lab05::quantize_weights,
                                 lab05::spmm_csr,      lab05::model_bytes, lab05::digits,
                                 lab05::digits_fp32};

void print_model(const std::string& name, DigitsModel model, double percentile) {
  const DigitsResult result = read_digits(model, kKernels, percentile);
  std::array<double, digits::kFolds> fold{};
  std::copy(result.right.begin(), result.right.end(), fold.begin());
  const auto right = static_cast<double>(result.all_right());
  figures::print_row(name, {{"fold_0", fold[0]},
                            {"fold_1", fold[1]},
                            {"fold_2", fold[2]},
                            {"fold_3", fold[3]},
                            {"fold_4", fold[4]},
                            {"right", right},
                            {"percent", 100 * right / digits::kImages},
                            {"weight_bytes", static_cast<double>(result.weight_bytes)},
                            {"model_bytes", static_cast<double>(result.bytes)}});
}

}  // namespace

int main() {
  for (const DigitsModel model : kDigitsModels) print_model(model_name(model), model, 100);
  print_model("int8_per_channel, 99.9 %", DigitsModel::int8_per_channel, 99.9);
  print_model("int8_per_channel, 99 %", DigitsModel::int8_per_channel, 99);
  const auto images = static_cast<double>(digits::kImages);
  std::vector<figures::Measured> all;
  for (const Case& one : {digits_case(NAMED_KERNEL(lab05, digits_fp32), digits::kImages),
                          digits_case(NAMED_KERNEL(lab05, digits), digits::kImages)}) {
    all.push_back({"time of " + one.kernel, images, figures::timed(one)});
  }
  figures::measure(std::move(all), "images", 60, 0.5);
  return 0;
}
