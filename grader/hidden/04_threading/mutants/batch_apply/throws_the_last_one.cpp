// mistake: throws what the last failing row threw
// verdict: correctness wrong_result
// instead of: const std::lock_guard lock(mutex);
// instead of: if (i > failed) return;
// instead of: failed = i;
// instead of: error = std::current_exception();
const std::lock_guard lock(mutex);
error = std::current_exception();
