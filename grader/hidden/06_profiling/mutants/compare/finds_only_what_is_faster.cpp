// mistake: a program that became slower is never significant
// verdict: correctness wrong_result
// instead of: const bool differs = interval.low > 1 || interval.high < 1;
const bool differs = interval.low > 1;
