// mistake: PAPI refuses to destroy a set that has events in it
// verdict: correctness wrong_result
// instead of: PAPI_cleanup_eventset(set_);
