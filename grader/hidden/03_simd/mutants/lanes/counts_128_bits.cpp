// mistake: gives the width of an SSE register
// verdict: correctness wrong_result
std::int64_t lanes() { return 4; }
