// mistake: wakes one thread where all must end
// verdict: correctness timed_out
// instead of: state_->work.notify_all();
state_->work.notify_one();
