// mistake: 0 / 0 where no step takes time
// verdict: correctness wrong_result
// instead of: share = all > 0 ? share / all : 1 / static_cast<double>(shares.size());
share = share / all;
