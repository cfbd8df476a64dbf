// mistake: waits until the queue is empty, while tasks are running
// verdict: correctness wrong_result
// instead of: state_->ended.wait(lock, [this] { return state_->unfinished == 0; });
while (!state_->queue.empty()) state_->ended.wait_for(lock, std::chrono::microseconds(100));
