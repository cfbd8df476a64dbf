// mistake: runs the steps from the last to the first
// verdict: correctness wrong_result
// instead of: for (std::size_t i = 0; i < steps.size(); ++i) {
for (std::size_t i = steps.size(); i-- > 0;) {
