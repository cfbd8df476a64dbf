// mistake: scales down the sums of values, but not the sum of weights
// verdict: correctness wrong_result
// instead of: __m256 sum = _mm256_mul_ps(keep, _mm256_load_ps(rows.sum + from));
__m256 sum = _mm256_load_ps(rows.sum + from);
