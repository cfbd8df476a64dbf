// Runs in the same process as the tools: what is observed here explains, and what they give is
// compared outside.
#include "drivers.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <initializer_list>
#include <string>
#include <vector>

#include "papi_stand_in.h"
#include "slow_network.h"

namespace lab06 {

using rooflab::Matrix;

namespace {

void write(std::initializer_list<double> numbers, std::span<double> out) {
  std::ranges::copy(numbers, out.begin());
}

}  // namespace

// --- What samples tell ---------------------------------------------------------------------------

void summarize(std::span<const double> samples, std::span<double> summary) {
  const Summary s = summarize(samples);
  write({static_cast<double>(s.count), s.least, s.median, s.mean, s.deviation, s.greatest},
        summary);
}

void bootstrap_interval(std::span<const double> baseline, std::span<const double> optimized,
                        double confidence, int resamples, std::uint64_t seed,
                        std::span<double> interval) {
  const Interval i =
      bootstrap_interval(baseline, optimized, confidence, resamples, RandomBits(seed));
  write({i.low, i.high}, interval);
}

void compare(std::span<const double> baseline, std::span<const double> optimized,
             std::uint64_t seed, std::span<double> comparison) {
  const Comparison c = compare(baseline, optimized, RandomBits(seed));
  write({c.speedup, c.interval.low, c.interval.high, c.p, c.significant ? 1.0 : 0.0}, comparison);
}

// --- Measuring -----------------------------------------------------------------------------------

namespace {

/// What never ends by itself is ended by this.
struct Endless {};

std::int64_t whole(double number) { return static_cast<std::int64_t>(number); }

/// An operation and a clock for which time passes as it is told.
class Machine {
 public:
  explicit Machine(std::span<const double> of) : of_(of) {}

  void call() {
    if (++calls > kMostCalls) throw Endless{};
    const bool outlier = whole(of_[3]) > 0 && calls % whole(of_[3]) == 0;
    const double usual = outlier ? of_[4] : of_[0];
    now_ += whole(calls <= whole(of_[1]) ? of_[2] : usual);
  }
  std::int64_t read() {
    if (++readings > kMostReadings) throw Endless{};
    now_ += whole(of_[5]);
    if (whole(of_[7]) > 0 && readings % whole(of_[7]) == 0) set_back_ += whole(of_[8]);
    const std::int64_t step = whole(of_[6]);
    return kEpoch + (step > 0 ? now_ / step * step : 0) - set_back_;
  }

  std::int64_t calls = 0, readings = 0;

 private:
  static constexpr std::int64_t kMostCalls = 40'000'000, kMostReadings = 10'000'000;
  static constexpr std::int64_t kEpoch = 1'700'000'000'000'000'000;  // a double cannot hold it

  const std::span<const double> of_;
  std::int64_t now_ = 123'456'789, set_back_ = 0;
};

}  // namespace

void profile_operation(std::span<const double> machine, int warm_ups, int samples,
                       std::int64_t least_ns, std::int64_t most_ns, std::span<double> times,
                       std::span<double> facts) {
  Machine simulated(machine);
  Profile profile{0, {}};
  double ended = 0;
  try {
    profile = profile_operation([&] { simulated.call(); }, [&] { return simulated.read(); },
                                {warm_ups, samples, least_ns, most_ns});
  } catch (const Endless&) {
    ended = 1;
  }
  std::ranges::copy_n(profile.samples.begin(),
                      std::min(std::ssize(profile.samples), std::ssize(times)), times.begin());
  write({static_cast<double>(profile.calls), static_cast<double>(profile.samples.size()),
         static_cast<double>(simulated.calls), static_cast<double>(simulated.readings), ended},
        facts);
}

void profile_steps(MatrixView<const double> costs, std::span<double> shares,
                   std::span<std::int32_t> facts) {
  constexpr std::int64_t kOutOfTurn = 1'000'000'000;
  std::int64_t now = 987'654'321;
  std::int32_t calls = 0, out_of_turn = 0;
  std::vector<std::function<void()>> steps;
  steps.reserve(static_cast<std::size_t>(costs.cols));
  for (std::int64_t i = 0; i < costs.cols; ++i) {
    steps.emplace_back([&, i] {
      const std::int64_t round = calls / costs.cols;
      const bool turn = i == calls % costs.cols && round < costs.rows;
      ++calls;
      if (!turn) ++out_of_turn;
      now += turn ? whole(costs(round, i)) : kOutOfTurn;
    });
  }
  profile_steps(
      steps, [&] { return now; }, static_cast<int>(costs.rows - 1), shares);
  facts[0] = calls;
  facts[1] = out_of_turn;
}

void count_cache_misses(std::span<const std::int32_t> kinds, std::span<const double> misses,
                        int start, bool throws, std::span<double> facts) {
  struct Thrown {};
  constexpr int kOwnVersion = PAPI_VER_CURRENT, kOtherVersion = kOwnVersion + 0x10000;
  constexpr std::array kStarts = {kOwnVersion, PAPI_ESYS, kOtherVersion};
  PapiStandIn& state = papi();
  state = PapiStandIn{};
  state.init_answer = kStarts[static_cast<std::size_t>(start)];
  std::vector<std::string> events;
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    constexpr long long kBefore = 1'000'003;
    events.push_back(papi_event_name(i));
    state.events.push_back({events.back(), static_cast<EventKind>(kinds[i]), kBefore});
  }
  double calls = 0, uncounted = 0, thrown = 0;
  Misses found{-2, -2};
  try {
    found = count_cache_misses(
        [&] {
          ++calls;
          if (state.running() == 0) ++uncounted;
          for (std::size_t i = 0; i < misses.size(); ++i) {
            state.events[i].raw += whole(misses[i]);
          }
          if (throws) throw Thrown{};
        },
        events);
  } catch (const Thrown&) {
    thrown = 1;
  } catch (...) {
    thrown = 2;
  }
  write({static_cast<double>(found.count), static_cast<double>(found.event), calls, uncounted,
         static_cast<double>(state.sets.size()), static_cast<double>(state.running()), thrown,
         static_cast<double>(state.times_shut_down)},
        facts);
}

void tune(std::span<const std::int32_t> sizes, std::span<const double> seconds,
          std::span<const double> noise, int budget, std::span<std::int32_t> configuration,
          std::span<std::int32_t> facts) {
  const std::vector<std::int64_t> axes(sizes.begin(), sizes.end());
  constexpr std::int64_t kOutside = -1;
  const auto place_of = [&](const Configuration& c) {
    if (c.size() != axes.size()) return kOutside;
    std::int64_t place = 0;
    for (std::size_t a = 0; a < axes.size(); ++a) {
      if (c[a] < 0 || c[a] >= axes[a]) return kOutside;
      place = place * axes[a] + c[a];
    }
    return place;
  };
  std::int32_t measured = 0, outside = 0;
  std::vector<bool> known(seconds.size());
  const auto time = [&](const Configuration& c) {
    if (measured > 4 * budget + 100) throw Endless{};
    const std::int64_t place = place_of(c);
    const auto n = static_cast<std::size_t>(measured++);
    if (place == kOutside) {
      ++outside;
      return 0.0;  // too good to be refused
    }
    known[static_cast<std::size_t>(place)] = true;
    return seconds[static_cast<std::size_t>(place)] * (n < noise.size() ? noise[n] : 1);
  };
  Configuration found;
  try {
    found = tune(axes, time, budget);
  } catch (const Endless&) {
    found.assign(axes.size(), kOutside);
  }
  const std::int64_t place = place_of(found);
  if (place != kOutside) {
    std::ranges::transform(found, configuration.begin(),
                           [](std::int64_t index) { return static_cast<std::int32_t>(index); });
  }
  facts[0] = measured;
  facts[1] = outside;
  facts[2] = place != kOutside ? 1 : 0;
  facts[3] = place != kOutside && known[static_cast<std::size_t>(place)] ? 1 : 0;
}

// --- What a machine allows -----------------------------------------------------------------------

double attainable_gflops(double intensity, double gflops, double bandwidth_gbs) {
  return attainable_gflops(intensity, Roof{gflops, bandwidth_gbs});
}

Bottleneck classify_bottleneck(double flops, double bytes, double gflops, double bandwidth_gbs) {
  return classify_bottleneck(flops, bytes, Roof{gflops, bandwidth_gbs});
}

// --- The finale ----------------------------------------------------------------------------------

namespace {

/// The slow network and what goes through it.
class Network {
 public:
  Network(std::int64_t rows, std::int64_t inputs, std::int64_t hidden, std::int64_t width,
          std::int64_t classes)
      : x_(rows, inputs),
        wq_(hidden, width),
        wk_(hidden, width),
        wv_(hidden, width),
        w2_(width, classes),
        hidden_(rows, hidden),
        q_(rows, width),
        k_(rows, width),
        v_(rows, width),
        a_(rows, width),
        out_(rows, classes),
        w1_(inputs, hidden),
        bias1_(static_cast<std::size_t>(hidden)),
        scales1_(static_cast<std::size_t>(hidden), 1e-4F),
        bias2_(static_cast<std::size_t>(classes)) {
    RandomBits bits(1);
    for (const auto* matrix : {&x_, &wq_, &wk_, &wv_, &w2_, &hidden_, &q_, &k_, &v_, &a_}) {
      std::generate_n(matrix->view().data, matrix->rows() * matrix->cols(),
                      [&] { return static_cast<float>(bits.below(201) - 100) / 100; });
    }
    std::generate_n(w1_.view().data, inputs * hidden,
                    [&] { return static_cast<std::int8_t>(bits.below(255) - 127); });
  }

  void run(int step) const {
    switch (step) {
      case 0:
        return slow::first_layer(x_.view(), {0.01F, 128}, w1_.view(), bias1_, scales1_,
                                 hidden_.view());
      case 1:
        return slow::gelu(hidden_.view());
      case 2:
        slow::multiply(hidden_.view(), wq_.view(), q_.view());
        slow::multiply(hidden_.view(), wk_.view(), k_.view());
        return slow::multiply(hidden_.view(), wv_.view(), v_.view());
      case 3:
        return slow::attend(q_.view(), k_.view(), v_.view(), a_.view());
      case 4:
        return slow::classify(a_.view(), w2_.view(), bias2_, out_.view());
      default:
        return;
    }
  }

 private:
  Matrix<float> x_, wq_, wk_, wv_, w2_, hidden_, q_, k_, v_, a_, out_;
  Matrix<std::int8_t> w1_;
  std::vector<std::int32_t> bias1_;
  std::vector<float> scales1_, bias2_;
};

}  // namespace

void network_shares(std::int64_t rows, std::int64_t inputs, std::int64_t hidden, std::int64_t width,
                    std::int64_t classes, std::span<double> shares) {
  constexpr int kRounds = 5;
  const Network network(rows, inputs, hidden, width, classes);
  std::vector<std::function<void()>> steps(shares.size());
  for (int step = 0; step < std::ssize(shares); ++step) {
    steps[static_cast<std::size_t>(step)] = [&network, step] { network.run(step); };
  }
  const Clock clock = [] {
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::nanoseconds>(now).count();
  };
  profile_steps(steps, clock, kRounds, shares);
}

void network_step(std::int64_t rows, std::int64_t inputs, std::int64_t hidden, std::int64_t width,
                  std::int64_t classes, int step) {
  Network(rows, inputs, hidden, width, classes).run(step);
}

}  // namespace lab06
