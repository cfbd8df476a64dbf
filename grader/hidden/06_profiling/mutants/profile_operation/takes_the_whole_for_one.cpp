// mistake: does not divide by the calls
// verdict: correctness wrong_result
// instead of: profile.samples.push_back(static_cast<double>(shown) / calls);
profile.samples.push_back(static_cast<double>(shown));
(void)calls;
