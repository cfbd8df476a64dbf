// mistake: never tries the last value of an axis
// verdict: correctness wrong_result
// instead of: if (++configuration[a] < sizes[a]) return true;
if (++configuration[a] < sizes[a] - 1) return true;
