// mistake: doubles the calls until the clock moves
// verdict: correctness wrong_result
// instead of: if (shown == 0 && profile.calls >= kMostCalls) break;  // the clock stands still
