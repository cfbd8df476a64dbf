// mistake: takes the approximation for eight samples
// verdict: correctness wrong_result
// instead of: if (few <= 8 && ties == 0) {
if (few < 8 && ties == 0) {
