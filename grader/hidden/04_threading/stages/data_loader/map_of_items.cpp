// idea: producers with a lock and a map of what is made, instead of places and a pool
// earns: 11 of data_loader.speedup
// instead of: struct DataLoader::State {
// until: }  // namespace lab04
}  // namespace lab04
#include <map>
namespace lab04 {
enum class Room { for_the_next, for_any, without_the_sorted };
constexpr Room kRoom = Room::for_the_next;
constexpr bool kWakesAll = true;
#include "grader/hidden/04_threading/mutants/data_loader/queue_loader.h"
