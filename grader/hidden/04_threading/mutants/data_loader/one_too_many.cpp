// mistake: has room for one item more than its capacity
// verdict: correctness wrong_result
// instead of: places(static_cast<std::size_t>(std::min(items, capacity))),
places(static_cast<std::size_t>(std::min(items, capacity + 1))),
