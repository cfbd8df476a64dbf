// mistake: takes the fastest of single measurements
// verdict: correctness wrong_result
// instead of: return race(trials);
return trials.ranking().front();
