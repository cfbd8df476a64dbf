// mistake: gives up at the first event that cannot be counted
// verdict: correctness wrong_result
// instead of: if (!counter.counts()) continue;
if (!counter.counts()) break;
