// mistake: adds up whole blocks only
// verdict: correctness wrong_result
// instead of: std::vector<float> sums((x.size() + kBlock - 1) / kBlock);
std::vector<float> sums(std::max<std::size_t>(1, x.size() / kBlock));
