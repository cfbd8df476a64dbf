// mistake: samples are as long as asked for, but of a coarse clock they are a step or two
// verdict: correctness wrong_result
// instead of: const bool long_enough = shown >= options.least_ns && shown / kLeastSteps >= step;
const bool long_enough = shown > 0 && shown >= options.least_ns;
