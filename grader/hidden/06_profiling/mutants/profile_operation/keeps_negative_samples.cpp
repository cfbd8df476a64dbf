// mistake: a sample of less than no time is a sample
// verdict: correctness wrong_result
// instead of: if (shown < 0) {
if (false) {
