// mistake: takes the approximation where one of the two is large
// verdict: correctness wrong_result
// instead of: if (few <= 8 && ties == 0) {
if (many <= 8 && ties == 0) {
