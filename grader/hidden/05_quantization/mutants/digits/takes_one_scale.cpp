// mistake: takes the scale of the first eight channels for all
// verdict: correctness wrong_result
// instead of: const __m256 factor = _mm256_loadu_ps(factors + 8 * i);
const __m256 factor = _mm256_loadu_ps(factors);
