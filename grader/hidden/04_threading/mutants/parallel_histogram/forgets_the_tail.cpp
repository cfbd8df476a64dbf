// mistake: counts whole groups of four only
// verdict: correctness wrong_result
// instead of: for (; i < end; ++i) ++tables[0][value[i]];
