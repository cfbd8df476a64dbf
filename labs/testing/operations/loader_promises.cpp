// The promises of every loader that makes items ahead of time.
#include <rooflab/testing/core/check.h>
#include <rooflab/testing/operations/loader.h>

namespace rooflab::testing::loader {

void gives_each_item_in_its_place(Named<LoaderKernel> kernel) {
  for (const std::int64_t count : {40, 0, 1, 2, 3, 500}) {
    for (const std::int64_t producers : {1, 2, 4}) {
      for (const std::int64_t capacity : {1, 2, 5, 64}) {
        check(kernel, LoaderProblem{.count = count, .producers = producers, .capacity = capacity});
      }
    }
  }
}

void works_with_more_producers_than_items_or_room(Named<LoaderKernel> kernel) {
  for (const std::int64_t count : {0, 1, 3, 30}) {
    for (const std::int64_t capacity : {1, 2, 64}) {
      check(kernel, LoaderProblem{.count = count, .producers = 12, .capacity = capacity});
    }
  }
}

void makes_items_at_the_same_time(Named<LoaderKernel> kernel) {
  for (const std::int64_t producers : {2, 3, 5}) {
    for (const std::int64_t capacity : {2, 3, 9}) {
      check(kernel, LoaderProblem{.count = 20,
                                  .producers = producers,
                                  .capacity = capacity,
                                  .opening = Opening::together});
    }
  }
}

void makes_items_before_they_are_asked_for(Named<LoaderKernel> kernel) {
  for (const std::int64_t producers : {1, 2, 4}) {
    check(kernel,
          LoaderProblem{
              .count = 20, .producers = producers, .capacity = 6, .opening = Opening::idle});
  }
}

void keeps_within_its_capacity(Named<LoaderKernel> kernel) {
  for (const std::int64_t producers : {1, 2, 4, 8}) {
    for (const std::int64_t capacity : {1, 2, 5}) {
      for (const Opening opening : {Opening::idle, Opening::slow_first}) {
        check(kernel, LoaderProblem{.count = 60,
                                    .producers = producers,
                                    .capacity = capacity,
                                    .opening = opening,
                                    .steps = 1});
      }
    }
  }
}

void waits_for_a_slow_item(Named<LoaderKernel> kernel) {
  for (const std::int64_t producers : {2, 4, 8}) {
    for (const std::int64_t capacity : {2, 3, 7}) {
      check(kernel, LoaderProblem{.count = 30,
                                  .producers = producers,
                                  .capacity = capacity,
                                  .opening = Opening::slow_first,
                                  .steps = 1});
    }
  }
}

void throws_where_the_item_would_come(Named<LoaderKernel> kernel) {
  for (const std::int64_t producers : {1, 2, 4}) {
    for (const std::int64_t failing : {1, 5, 30}) {
      check(kernel,
            LoaderProblem{.count = 30, .producers = producers, .capacity = 4, .failing = failing});
    }
  }
}

void ends_at_any_moment(Named<LoaderKernel> kernel) {
  for (const std::int64_t take : {0, 1, 7, 30}) {
    for (const std::int64_t producers : {1, 3, 8}) {
      for (const Opening opening : {Opening::none, Opening::idle}) {
        check(kernel, LoaderProblem{.count = 30,
                                    .producers = producers,
                                    .capacity = 3,
                                    .take = take,
                                    .ending = Ending::destructor,
                                    .opening = opening});
      }
    }
  }
}

void stops_at_any_moment(Named<LoaderKernel> kernel) {
  for (const std::int64_t take : {0, 1, 7, 29}) {
    for (const std::int64_t producers : {1, 3, 8}) {
      for (const Ending ending : {Ending::stop, Ending::stop_while_waiting}) {
        check(kernel, LoaderProblem{.count = 30,
                                    .producers = producers,
                                    .capacity = 3,
                                    .take = take,
                                    .ending = ending});
      }
    }
  }
}

}  // namespace rooflab::testing::loader
