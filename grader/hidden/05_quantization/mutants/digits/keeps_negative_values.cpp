// mistake: the zero point moves to the middle: negative sums stay, and ReLU is lost
// verdict: correctness wrong_result
// instead of: by_blocks(acc.cols, block, out.row(i), acc.row(i), bias.data(), scales.data());
by_blocks(acc.cols, block, out.row(i), acc.row(i), bias.data(), scales.data());
for (std::int64_t j = 0; j < acc.cols; ++j) {
  if (acc(i, j) + bias[index(j)] < 0) out(i, j) = 1;
}
