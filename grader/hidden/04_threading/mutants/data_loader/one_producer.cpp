// mistake: makes items on one thread, however many producers there are
// verdict: correctness wrong_result
// instead of: producers(threads) {}
producers(1) {}
