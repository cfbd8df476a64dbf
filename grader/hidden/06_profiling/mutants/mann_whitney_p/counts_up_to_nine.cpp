// mistake: takes the exact distribution for nine samples
// verdict: correctness wrong_result
// instead of: if (few <= 8 && ties == 0) {
if (few <= 9 && ties == 0) {
