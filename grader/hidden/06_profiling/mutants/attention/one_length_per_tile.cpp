// mistake: multiplies what v holds behind the end of a row by 0, for another row sees it
// verdict: correctness wrong_result
// instead of: for (std::int64_t r = i; r < i + height; ++r) common = std::min(common, seen(r));
common = weights.rows;
