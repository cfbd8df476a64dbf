// mistake: takes all samples, however long that takes
// verdict: correctness wrong_result
// instead of: if (over) break;
