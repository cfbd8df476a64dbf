// mistake: takes the remainder of the bits in place of below()
// verdict: correctness wrong_result
// instead of: value = samples[static_cast<std::size_t>(bits.below(std::ssize(samples)))];
value = samples[static_cast<std::size_t>(bits.next() % samples.size())];
