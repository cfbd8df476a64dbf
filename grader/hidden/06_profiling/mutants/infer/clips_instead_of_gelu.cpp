// mistake: takes relu for gelu
// verdict: correctness wrong_result
// instead of: lab03::gelu(row, row);
for (float& h : row) h = std::max(h, 0.0F);
