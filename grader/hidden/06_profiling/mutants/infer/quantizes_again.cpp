// mistake: rounds the hidden values to 8 bits as well
// verdict: correctness wrong_result
// instead of: lab03::gelu(row, row);
lab03::gelu(row, row);
for (float& h : row) h = std::nearbyint(h * 64) / 64;
