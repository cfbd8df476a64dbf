// mistake: throws samples away for ever
// verdict: correctness wrong_result
// instead of: ++thrown_away;
