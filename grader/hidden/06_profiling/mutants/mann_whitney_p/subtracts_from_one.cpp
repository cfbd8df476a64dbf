// mistake: 1 - erf is 0 where erfc has all its digits
// verdict: correctness wrong_result
// instead of: return std::min(1.0, std::erfc(z / std::numbers::sqrt2));  // twice the tail
return std::clamp(1 - std::erf(z / std::numbers::sqrt2), 0.0, 1.0);
