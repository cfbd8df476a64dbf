// mistake: samples are shorter than asked for
// verdict: correctness wrong_result
// instead of: const bool long_enough = shown >= options.least_ns && shown / kLeastSteps >= step;
const bool long_enough = shown / kLeastSteps >= step;
