// mistake: ends the threads when the pool is closing, whatever is in the queue
// verdict: correctness wrong_result
// instead of: if (queue.empty()) return;
if (closing) return;
