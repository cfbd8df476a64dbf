// mistake: the counters run on
// verdict: correctness wrong_result
// instead of: if (counts_) stop();
