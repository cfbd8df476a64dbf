// mistake: ten steps of the clock are taken to be enough
// verdict: correctness wrong_result
// instead of: const bool long_enough = shown >= options.least_ns && shown / kLeastSteps >= step;
const bool long_enough = shown >= options.least_ns && shown / 10 >= step;
