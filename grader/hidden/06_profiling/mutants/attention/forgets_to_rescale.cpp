// mistake: leaves what was summed before as it was when the maximum rises
// verdict: correctness wrong_result
// instead of: _mm256_store_ps(rows.keep + from, keep);
_mm256_store_ps(rows.keep + from, _mm256_set1_ps(1));
