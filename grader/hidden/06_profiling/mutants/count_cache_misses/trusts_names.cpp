// mistake: an event that has a name is taken to be countable
// verdict: correctness wrong_result
// instead of: counts_ = PAPI_start(set_) == PAPI_OK;
PAPI_start(set_);
counts_ = true;
