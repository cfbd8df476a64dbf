// mistake: the event set is emptied and kept
// verdict: correctness wrong_result
// instead of: PAPI_destroy_eventset(&set_);
