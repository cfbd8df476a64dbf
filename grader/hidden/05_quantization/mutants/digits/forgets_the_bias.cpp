// mistake: requantizes without the bias
// verdict: correctness wrong_result
// instead of: const __m256i sum = _mm256_add_epi32(load(sums + 8 * i), load(biases + 8 * i));
const __m256i sum = load(sums + 8 * i);
(void)biases;
