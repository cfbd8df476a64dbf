// mistake: gives items in the order in which they are made
// verdict: correctness wrong_result
// instead of: place(i) = std::move(made);
std::int64_t free = taken;
while (place(free)) ++free;
place(free) = std::move(made);
