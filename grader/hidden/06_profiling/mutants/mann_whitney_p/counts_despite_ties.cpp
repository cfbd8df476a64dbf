// mistake: takes the exact distribution also where values are equal
// verdict: correctness wrong_result
// instead of: if (few <= 8 && ties == 0) {
if (few <= 8) {
