// mistake: leaves out the softmax at the end
// verdict: correctness wrong_result
// instead of: lab03::softmax_rows(logits.view(), out);
for (std::int64_t i = 0; i < x.rows; ++i) std::copy_n(logits.view().row(i), out.cols, out.row(i));
