// mistake: the element nearest to the quantile's place, none between two
// verdict: correctness wrong_result
// instead of: return {quantile(ratios, tail), quantile(ratios, 1 - tail)};
const auto nearest = [&](double q) {
  return ratios[static_cast<std::size_t>(std::lround(q * static_cast<double>(resamples - 1)))];
};
return {nearest(tail), nearest(1 - tail)};
