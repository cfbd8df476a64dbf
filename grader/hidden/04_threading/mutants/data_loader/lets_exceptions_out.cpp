// mistake: takes no care of what the source throws: the pool's wait() would, but nobody waits
// verdict: correctness timed_out
// instead of: try {
// instead of: made.item = source(i);
// instead of: } catch (...) {
// instead of: made.error = std::current_exception();
// instead of: }
made.item = source(i);
