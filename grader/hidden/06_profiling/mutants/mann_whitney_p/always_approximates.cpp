// mistake: takes the normal approximation for few samples, too
// verdict: correctness wrong_result
// instead of: if (few <= 8 && ties == 0) {
if (ties < 0) {
