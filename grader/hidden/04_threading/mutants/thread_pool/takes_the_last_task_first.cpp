// mistake: takes the task that was submitted last
// verdict: correctness wrong_result
// instead of: std::function<void()> task = std::move(queue.front());
// instead of: queue.pop_front();
std::function<void()> task = std::move(queue.back());
queue.pop_back();
