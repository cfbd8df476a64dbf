// mistake: casts const away and sorts the samples where they are
// verdict: correctness input_modified
Summary summarize(std::span<const double> samples) {
  std::sort(const_cast<double*>(samples.data()),
            const_cast<double*>(samples.data()) + samples.size());
  return solution(samples);
}
