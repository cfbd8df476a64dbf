// mistake: lets what a task throws leave its thread
// verdict: correctness crashed
// instead of: std::exception_ptr thrown;
// instead of: try {
// instead of: task();
// instead of: } catch (...) {
// instead of: thrown = std::current_exception();
// instead of: }
const std::exception_ptr thrown;
task();
