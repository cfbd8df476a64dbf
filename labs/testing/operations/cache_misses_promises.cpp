// The promises of counting cache misses.
#include <rooflab/testing/core/check.h>
#include <rooflab/testing/core/data.h>
#include <rooflab/testing/operations/cache_misses.h>

namespace rooflab::testing::cache_misses {

using Problem = CacheMissesProblem;
using enum EventIs;

void counts_the_misses_of_one_call(Named<CacheMissesKernel> kernel) {
  check(kernel, Problem{.events = {counted}});
  check(kernel, Problem{.events = {counted}, .most_misses = 0});
  check(kernel, Problem{.events = {counted, counted, counted}});
}

void counts_more_than_32_bits(Named<CacheMissesKernel> kernel) {
  check(kernel, Problem{.events = {counted}, .most_misses = 1'000'000'000'000});
}

void takes_the_first_event_that_can_be_counted(Named<CacheMissesKernel> kernel) {
  for (const EventIs kind : {unknown, not_here, in_conflict, forbidden}) {
    check(kernel, Problem{.events = {kind, counted}});
    check(kernel, Problem{.events = {kind, kind, counted, counted}});
    check(kernel, Problem{.events = {unknown, kind, forbidden, in_conflict, counted, kind}});
  }
}

void says_so_when_no_event_can_be_counted(Named<CacheMissesKernel> kernel) {
  check(kernel, Problem{});
  for (const EventIs kind : {unknown, not_here, in_conflict, forbidden}) {
    check(kernel, Problem{.events = {kind}});
  }
  check(kernel, Problem{.events = {forbidden, unknown, in_conflict, not_here}});
}

void says_so_when_PAPI_does_not_start(Named<CacheMissesKernel> kernel) {
  for (const PapiStart start : {PapiStart::fails, PapiStart::is_another_version}) {
    check(kernel, Problem{.events = {counted, counted}, .start = start});
  }
}

void leaves_nothing_behind_when_the_operation_throws(Named<CacheMissesKernel> kernel) {
  check(kernel, Problem{.events = {counted}, .throws = true});
  check(kernel, Problem{.events = {in_conflict, counted}, .throws = true});
  check(kernel, Problem{.events = {forbidden}, .throws = true});
}

}  // namespace rooflab::testing::cache_misses
