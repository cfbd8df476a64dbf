// mistake: wakes one producer where all must end
// verdict: correctness timed_out
// instead of: struct DataLoader::State {
// until: }  // namespace lab04
}  // namespace lab04
#include <map>
namespace lab04 {
enum class Room { for_the_next, for_any, without_the_sorted };
constexpr Room kRoom = Room::for_the_next;
constexpr bool kWakesAll = false;
#include "queue_loader.h"
