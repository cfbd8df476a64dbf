// mistake: one measurement more than the budget allows
// verdict: correctness wrong_result
// instead of: : time_(time), left_(budget) {}
: time_(time), left_(budget + 1) {}
