// mistake: a call to warm up, which is one too many
// verdict: correctness wrong_result
// instead of: op();
op();
op();
