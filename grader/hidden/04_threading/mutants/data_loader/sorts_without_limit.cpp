// mistake: puts items that come too early into a second buffer, which has no limit
// verdict: correctness wrong_result
// instead of: struct DataLoader::State {
// until: }  // namespace lab04
}  // namespace lab04
#include <map>
namespace lab04 {
enum class Room { for_the_next, for_any, without_the_sorted };
constexpr Room kRoom = Room::without_the_sorted;
constexpr bool kWakesAll = true;
#include "queue_loader.h"
