// SPDX-License-Identifier: Apache-2.0
#include "exec/gbench_json.hpp"

#include <array>
#include <nlohmann/json.hpp>

#include "launch/death.hpp"
#include "m1bench/core/error.hpp"
#include "result/json_guard.hpp"
#include "result/validate.hpp"

namespace m1bench {
namespace {

using Json = nlohmann::json;

constexpr JsonLimits kLimits{.bytes = 16 << 20, .values = 1'000'000};
constexpr std::size_t kMostBenchmarks = 9000, kLongestName = 300, kLongestMessage = 200, kLongestUnit = 20;

struct Unit {
  std::string_view name;
  double seconds;
};
constexpr std::array<Unit, 4> kUnits{{{"ns", 1e-9}, {"us", 1e-6}, {"ms", 1e-3}, {"s", 1}}};

[[noreturn]] void fail(const std::string& what) { throw Error(ErrorKind::data, what); }

// The member, or nothing if it is not there.
const Json* find(const Json& object, const char* key) {
  const auto found = object.find(key);
  return found == object.end() ? nullptr : &*found;
}

// Text, or "" where there is none.
std::string text_of(const Json& object, const char* key) {
  const Json* value = find(object, key);
  return value && value->is_string() ? value->get<std::string>() : "";
}

// What nothing can take is no time, as in a run file.
double time_of(const Json& object, const char* key, double unit_s, const std::string& name) {
  const Json* value = find(object, key);
  const double time = value && value->is_number() ? value->get<double>() : -1;
  const double seconds = time * unit_s;
  if (!(seconds >= 0 && seconds <= kLongestLoop_s)) fail("tells no " + std::string(key) + " of \"" + name + "\"");
  return seconds < kShortestLoop_s ? 0 : seconds;
}

double unit_of(const Json& object, const std::string& name) {
  const std::string unit = text_of(object, "time_unit");
  for (const Unit& row : kUnits) {
    if (row.name == unit) return row.seconds;
  }
  fail("has the unknown time unit \"" + plain_text(unit, kLongestUnit) + "\" in \"" + name + "\"");
}

GbenchTime read_time(const Json& object) {
  GbenchTime time;
  time.name = text_of(object, "name");
  if (time.name.empty() || time.name.size() > kLongestName) fail("has a benchmark without a name, or with a very long one");
  time.name = plain_text(time.name, kLongestName);
  const Json* error = find(object, "error_occurred");
  if (error && error->is_boolean() && error->get<bool>()) {
    const std::string message = text_of(object, "error_message");
    time.error = message.empty() ? "it told of an error" : plain_text(message, kLongestMessage);
    return time;
  }
  const double unit_s = unit_of(object, time.name);
  time.real_s = time_of(object, "real_time", unit_s, time.name);
  time.cpu_s = time_of(object, "cpu_time", unit_s, time.name);
  return time;
}

}  // namespace

std::vector<GbenchTime> parse_gbench(std::string_view text) {
  JsonGuard<Json>::check(text, kLimits);
  const Json document = Json::parse(text);
  const Json* benchmarks = document.is_object() ? find(document, "benchmarks") : nullptr;
  if (!benchmarks || !benchmarks->is_array()) fail("has no list of benchmarks");
  if (benchmarks->size() > kMostBenchmarks) fail("has more than " + std::to_string(kMostBenchmarks) + " benchmarks");
  std::vector<GbenchTime> times;
  for (const Json& entry : *benchmarks) {
    if (!entry.is_object()) fail("has a benchmark that is no object");
    if (text_of(entry, "run_type") != "aggregate") times.push_back(read_time(entry));
  }
  return times;
}

}  // namespace m1bench
