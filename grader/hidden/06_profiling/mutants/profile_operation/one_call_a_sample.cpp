// mistake: each sample is one call, whatever the clock shows
// verdict: correctness wrong_result
// instead of: if (trying && !long_enough && !over) {
if (trying && shown == 0 && !over) {
