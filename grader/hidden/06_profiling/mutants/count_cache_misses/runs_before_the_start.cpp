// mistake: a call before the counters run
// verdict: correctness wrong_result
// instead of: Counter counter(events[i]);
op();
Counter counter(events[i]);
