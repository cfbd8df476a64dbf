// mistake: looks whether 0 lies outside the interval, as if it were one of differences
// verdict: correctness wrong_result
// instead of: const bool differs = interval.low > 1 || interval.high < 1;
const bool differs = interval.low > 0 || interval.high < 0;
