// mistake: the median of an even number is the upper of the middle two
// verdict: correctness wrong_result
// instead of: return quantile(drawn, 0.5);
return drawn[drawn.size() / 2];
