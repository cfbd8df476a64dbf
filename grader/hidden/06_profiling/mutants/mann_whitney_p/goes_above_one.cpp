// mistake: doubles one half and more
// verdict: correctness wrong_result
// instead of: return std::min(1.0, 2 * tail);
return 2 * tail;
