// The public tests of lab 06: what each tool and kernel promises, one test case per promise. What a
// promise is checked on stands in labs/testing/operations, in its operation's ..._promises.cpp.
#include <rooflab/testing/core/promise.h>
#include <rooflab/testing/operations/attention.h>
#include <rooflab/testing/operations/cache_misses.h>
#include <rooflab/testing/operations/infer.h>
#include <rooflab/testing/operations/network_shares.h>
#include <rooflab/testing/operations/profile_operation.h>
#include <rooflab/testing/operations/profile_steps.h>
#include <rooflab/testing/operations/roofline.h>
#include <rooflab/testing/operations/statistics.h>
#include <rooflab/testing/operations/tune.h>

#include "drivers.h"

using namespace rooflab::testing;

// --- What samples tell ---------------------------------------------------------------------------

// Of two functions of a name, the driver.
TEST_SUITE("summarize") {
  static constexpr Named<SummarizeKernel> kernel{"summarize", lab06::summarize};
  PROMISE(summarize::finds_the_middle_of_odd_and_even_numbers);
  PROMISE(summarize::divides_by_one_less_than_there_are);
  PROMISE(summarize::takes_samples_in_any_order);
  PROMISE(summarize::takes_one_sample_and_none);
  PROMISE(summarize::takes_samples_that_are_all_equal);
  PROMISE(summarize::keeps_its_digits_far_from_zero);
  PROMISE(summarize::takes_many_samples);
}

TEST_KERNEL(lab06, mann_whitney_p) {
  PROMISE(mann_whitney::counts_where_samples_are_few);
  PROMISE(mann_whitney::counts_more_than_64_bits_hold);
  PROMISE(mann_whitney::approximates_where_samples_are_many);
  PROMISE(mann_whitney::approximates_where_values_are_equal);
  PROMISE(mann_whitney::is_never_above_one);
  PROMISE(mann_whitney::is_one_where_nothing_can_differ);
  PROMISE(mann_whitney::is_the_same_for_y_and_x);
  PROMISE(mann_whitney::looks_at_the_order_alone);
  PROMISE(mann_whitney::keeps_its_digits_near_zero);
}

TEST_SUITE("bootstrap_interval") {
  static constexpr Named<BootstrapKernel> kernel{"bootstrap_interval", lab06::bootstrap_interval};
  PROMISE(bootstrap::draws_what_the_bits_say);
  PROMISE(bootstrap::takes_odd_and_even_numbers);
  PROMISE(bootstrap::takes_single_samples);
  PROMISE(bootstrap::takes_any_confidence);
  PROMISE(bootstrap::takes_any_number_of_resamples);
}

TEST_SUITE("compare") {
  static constexpr Named<CompareKernel> kernel{"compare", lab06::compare};
  PROMISE(compare_programs::tells_which_is_faster);
  PROMISE(compare_programs::is_not_sure_of_three_samples);
  PROMISE(compare_programs::is_sure_only_if_both_say_so);
  PROMISE(compare_programs::is_not_moved_by_an_outlier);
  PROMISE(compare_programs::seldom_finds_what_is_not_there);
  PROMISE(compare_programs::finds_a_few_percent_in_the_noise);
}

// --- Measuring -----------------------------------------------------------------------------------

TEST_SUITE("profile_operation") {
  // Of the two functions of each of these names, the driver.
  static constexpr Named<ProfileOperationKernel> kernel{"profile_operation",
                                                        lab06::profile_operation};
  PROMISE(profile_operation::times_operations_of_any_length);
  PROMISE(profile_operation::does_not_repeat_long_operations);
  PROMISE(profile_operation::is_right_with_a_coarse_clock);
  PROMISE(profile_operation::leaves_the_warm_up_out);
  PROMISE(profile_operation::keeps_outliers);
  PROMISE(profile_operation::keeps_within_its_budget);
  PROMISE(profile_operation::ends_when_the_clock_stands_still);
  PROMISE(profile_operation::takes_samples_again_when_the_clock_is_set_back);
  PROMISE(profile_operation::ends_when_the_clock_runs_backwards);
}

TEST_SUITE("profile_steps") {
  static constexpr Named<ProfileStepsKernel> kernel{"profile_steps", lab06::profile_steps};
  PROMISE(profile_steps::shares_out_the_time);
  PROMISE(profile_steps::leaves_disturbed_rounds_out);
  PROMISE(profile_steps::takes_the_middle_of_an_even_number);
  PROMISE(profile_steps::shares_equally_what_takes_no_time);
  PROMISE(profile_steps::accepts_no_steps);
  TEST_CASE("names where the slow network's time goes") {
    network_shares::name_where_the_time_goes(NAMED_KERNEL(lab06, network_shares),
                                             lab06::network_step);
  }
}

TEST_SUITE("count_cache_misses") {
  static constexpr Named<CacheMissesKernel> kernel{"count_cache_misses", lab06::count_cache_misses};
  PROMISE(cache_misses::counts_the_misses_of_one_call);
  PROMISE(cache_misses::counts_more_than_32_bits);
  PROMISE(cache_misses::takes_the_first_event_that_can_be_counted);
  PROMISE(cache_misses::says_so_when_no_event_can_be_counted);
  PROMISE(cache_misses::says_so_when_PAPI_does_not_start);
  PROMISE(cache_misses::leaves_nothing_behind_when_the_operation_throws);
}

TEST_SUITE("tune") {
  static constexpr Named<TuneKernel> kernel{"tune", lab06::tune};
  PROMISE(tune::finds_the_fastest_where_nothing_is_noisy);
  PROMISE(tune::keeps_within_its_budget);
  PROMISE(tune::is_not_misled_by_noise);
  PROMISE(tune::finds_its_way_in_large_spaces);
}

// --- What a machine allows -----------------------------------------------------------------------

TEST_KERNEL(lab06, arithmetic_intensity) {
  PROMISE(intensity::divides_operations_by_bytes);
  PROMISE(intensity::is_zero_where_nothing_is_computed);
  PROMISE(intensity::counts_large_programs);
}

TEST_SUITE("attainable_gflops") {
  // Of the two functions of that name, the driver.
  static constexpr Named<AttainableKernel> kernel{"attainable_gflops", lab06::attainable_gflops};
  PROMISE(attainable::rises_with_the_intensity_under_the_bandwidth);
  PROMISE(attainable::ends_at_the_peak);
  PROMISE(attainable::is_the_peak_at_the_ridge);
  PROMISE(attainable::is_zero_where_nothing_is_computed);
}

TEST_SUITE("classify_bottleneck") {
  // Of the two functions of that name, the driver.
  static constexpr Named<BottleneckKernel> kernel{"classify_bottleneck",
                                                  lab06::classify_bottleneck};
  PROMISE(bottleneck::says_what_takes_longer);
  PROMISE(bottleneck::takes_a_tie_for_both);
  PROMISE(bottleneck::takes_nearly_equal_times_for_a_tie);
  PROMISE(bottleneck::takes_different_times_for_different);
  PROMISE(bottleneck::knows_programs_that_only_move_or_only_compute);
}

TEST_KERNEL(lab06, amdahl_speedup) {
  PROMISE(amdahl::adds_what_stays_and_what_becomes_faster);
  PROMISE(amdahl::is_one_where_nothing_changes);
  PROMISE(amdahl::is_the_factor_where_all_becomes_faster);
  PROMISE(amdahl::takes_an_infinite_factor);
  PROMISE(amdahl::takes_a_factor_below_one);
}

// --- The finale ----------------------------------------------------------------------------------

TEST_KERNEL(lab06, attention) {
  PROMISE(attention::averages_any_shape);
  PROMISE(attention::accepts_empty_matrices);
  PROMISE(attention::sees_no_more_keys_than_it_should);
  PROMISE(attention::gives_zero_where_no_key_is_seen);
  PROMISE(attention::ignores_what_masked_keys_hold);
  PROMISE(attention::applies_any_scale);
  PROMISE(attention::survives_scores_that_exp_does_not);
  PROMISE(attention::keeps_small_weights);
  PROMISE(attention::carries_NaN_and_infinity_of_values);
  PROMISE(attention::takes_many_keys);
  PROMISE(attention::honours_strides);
  PROMISE(attention::takes_pointers_aligned_to_a_float);
  PROMISE(attention::reads_nothing_behind_its_inputs);
  PROMISE(attention::overwrites_what_the_output_held);
}

TEST_KERNEL(lab06, infer) {
  PROMISE(infer::infers_any_shape);
  PROMISE(infer::survives_empty_shapes);
  PROMISE(infer::honours_strides);
  PROMISE(infer::takes_pointers_aligned_to_an_element);
  PROMISE(infer::overwrites_what_the_output_held);
}
