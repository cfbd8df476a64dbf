// mistake: throws an old exception from every later wait()
// verdict: correctness wrong_result
// instead of: const std::exception_ptr error = std::exchange(state_->error, nullptr);
const std::exception_ptr error = state_->error;
