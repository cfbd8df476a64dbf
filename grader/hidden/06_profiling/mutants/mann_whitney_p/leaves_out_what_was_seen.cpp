// mistake: counts what is further apart than the samples, but not what is as far
// verdict: correctness wrong_result
// instead of: const double tail = chance_of_at_most(static_cast<std::size_t>(lower), few, many);
const auto seen = static_cast<std::size_t>(lower);
const double tail = seen == 0 ? 0 : chance_of_at_most(seen - 1, few, many);
