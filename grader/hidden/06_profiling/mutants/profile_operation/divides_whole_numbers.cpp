// mistake: divides before it converts: nanoseconds are cut off
// verdict: correctness wrong_result
// instead of: profile.samples.push_back(static_cast<double>(shown) / calls);
profile.samples.push_back(static_cast<double>(shown / profile.calls));
(void)calls;
