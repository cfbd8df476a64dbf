// mistake: one pass: the sum of squares minus n times the square of the mean, which cancels
// verdict: correctness wrong_result
// instead of: for (const double x : sorted) squares += (x - mean) * (x - mean);
for (const double x : sorted) squares += x * x;
squares = std::max(0.0, squares - n * mean * mean);
