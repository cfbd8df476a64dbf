// mistake: a thousand calls in each sample, however long one takes
// verdict: correctness wrong_result
// instead of: Profile profile{1, {}};
Profile profile{1024, {}};
