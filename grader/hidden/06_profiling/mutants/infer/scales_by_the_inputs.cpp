// mistake: scales the scores by the width of the input
// verdict: correctness wrong_result
// instead of: const float scale = 1 / std::sqrt(static_cast<float>(wq.cols));
const float scale = 1 / std::sqrt(static_cast<float>(w1.cols));
