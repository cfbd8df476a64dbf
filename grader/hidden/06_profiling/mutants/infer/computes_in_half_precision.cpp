// mistake: keeps the hidden values in 8 bits of precision
// verdict: correctness wrong_result
// instead of: lab03::gelu(row, row);
lab03::gelu(row, row);
for (float& h : row) h = std::bit_cast<float>(std::bit_cast<std::uint32_t>(h) & 0xffff0000U);
