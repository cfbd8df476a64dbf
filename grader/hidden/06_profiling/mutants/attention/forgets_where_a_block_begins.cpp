// mistake: compares lengths with places within the block
// verdict: correctness wrong_result
// instead of: const __m256i left = _mm256_sub_epi32(_mm256_load_si256(seen), begin);
const __m256i left = _mm256_load_si256(seen);
(void)begin;
