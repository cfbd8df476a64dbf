// mistake: a sample that is thrown away is missing at the end
// verdict: correctness wrong_result
// instead of: ++thrown_away;
++thrown_away;
if (!trying) break;
