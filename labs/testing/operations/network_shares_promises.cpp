// What a profile of a slow network promises.
#include <rooflab/testing/core/check.h>
#include <rooflab/testing/core/random.h>
#include <rooflab/testing/operations/network_shares.h>

namespace rooflab::testing::network_shares {

void name_where_the_time_goes(Named<NetworkSharesKernel> kernel, NetworkStepKernel step) {
  Random random(next_key());
  const auto about = [&](std::int64_t size) { return random.integer(size - size / 4, size); };
  for (const InferShape& s : std::initializer_list<InferShape>{
           {128, 200, 256, 32, 10}, {400, 16, 32, 48, 10}, {96, 32, 48, 32, 2000}}) {
    check(kernel, NetworkSharesProblem{{about(s.rows), about(s.inputs), about(s.hidden),
                                        about(s.width), about(s.classes)},
                                       step});
  }
}

}  // namespace rooflab::testing::network_shares
