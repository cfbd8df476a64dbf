// mistake: starts each block with a maximum of its own
// verdict: correctness wrong_result
// instead of: _mm256_store_ps(rows.highest + from, highest);
_mm256_store_ps(rows.highest + from, before);
