// mistake: gives the bytes of a vector, not its floats
// verdict: correctness wrong_result
std::int64_t lanes() { return 32; }
