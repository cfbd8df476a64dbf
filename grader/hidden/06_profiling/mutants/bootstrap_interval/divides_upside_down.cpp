// mistake: the interval of optimized / baseline
// verdict: correctness wrong_result
// instead of: ratio = before / after;
ratio = after / before;
