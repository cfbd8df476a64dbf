// mistake: begins all items at once, whatever the capacity
// verdict: correctness wrong_result
// instead of: places(static_cast<std::size_t>(std::min(items, capacity))),
places(static_cast<std::size_t>(std::max(items, capacity))),
