// A loader whose producers choose an item, wait for room and make it. Each mutant has one thing
// wrong. kRoom says what has room: the next items, which is right; any `capacity` items, whoever
// comes first; or any, without those in the second buffer. kWakesAll: whether stop() wakes all
// producers.
struct DataLoader::State {
  struct Made {
    Item item;
    std::exception_ptr error;
  };
  Source source;
  std::int64_t count = 0;
  std::int64_t capacity = 0;
  std::mutex mutex;
  std::condition_variable room, made;
  std::map<std::int64_t, Made> queue;   // items that are made
  std::map<std::int64_t, Made> sorted;  // those that next() has looked at
  std::int64_t begun = 0, taken = 0;
  std::int64_t outstanding = 0;  // have room
  bool stopped = false;
  std::vector<std::thread> producers;

  bool has_room(std::int64_t i) const {
    if (kRoom == Room::for_the_next) return i < taken + capacity;
    return outstanding - std::ssize(sorted) < capacity;
  }
  void run() {
    std::unique_lock lock(mutex);
    while (!stopped && begun < count) {
      const std::int64_t i = begun++;
      room.wait(lock, [&] { return stopped || has_room(i); });
      if (stopped) return;
      ++outstanding;
      lock.unlock();
      Made item;
      try {
        item.item = source(i);
      } catch (...) {
        item.error = std::current_exception();
      }
      lock.lock();
      queue[i] = std::move(item);
      made.notify_one();
    }
  }
};

DataLoader::DataLoader(Source source, std::int64_t count, int producers, std::int64_t capacity)
    : state_(std::make_unique<State>()) {
  state_->source = std::move(source);
  state_->count = count;
  state_->capacity = capacity;
  for (int t = 0; t < producers; ++t) state_->producers.emplace_back([this] { state_->run(); });
}

DataLoader::~DataLoader() {
  stop();
  for (std::thread& producer : state_->producers) producer.join();
}

std::optional<DataLoader::Item> DataLoader::next() {
  State& state = *state_;
  std::unique_lock lock(state.mutex);
  if (state.taken == state.count) return std::nullopt;
  state.made.wait(lock, [&] {
    if (kRoom == Room::without_the_sorted) {
      state.sorted.merge(state.queue);
      state.room.notify_all();
      return state.stopped || state.sorted.contains(state.taken);
    }
    return state.stopped || state.queue.contains(state.taken);
  });
  if (state.stopped) return std::nullopt;
  auto& from = state.sorted.contains(state.taken) ? state.sorted : state.queue;
  State::Made made = std::move(from.extract(state.taken++).mapped());
  --state.outstanding;
  state.room.notify_all();
  if (made.error) std::rethrow_exception(made.error);
  return std::move(made.item);
}

void DataLoader::stop() {
  const std::lock_guard lock(state_->mutex);
  state_->stopped = true;
  state_->made.notify_all();
  if (kWakesAll) {
    state_->room.notify_all();
  } else {
    state_->room.notify_one();
  }
}
