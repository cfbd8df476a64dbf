// mistake: gives the width of an AVX-512 register
// verdict: correctness wrong_result
std::int64_t lanes() { return 16; }
