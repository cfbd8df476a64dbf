// mistake: one call fewer than it was told to warm up
// verdict: correctness wrong_result
// instead of: for (int i = 0; i < options.warm_ups; ++i) op();
for (int i = 1; i < options.warm_ups; ++i) op();
