// mistake: lets later items take all the room, so that the one that is wanted finds none
// verdict: correctness timed_out
// instead of: struct DataLoader::State {
// until: }  // namespace lab04
}  // namespace lab04
#include <map>
namespace lab04 {
enum class Room { for_the_next, for_any, without_the_sorted };
constexpr Room kRoom = Room::for_any;
constexpr bool kWakesAll = true;
#include "queue_loader.h"
