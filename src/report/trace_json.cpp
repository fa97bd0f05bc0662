// SPDX-License-Identifier: Apache-2.0
#include "report/trace_json.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "report/json_values.hpp"

namespace m1bench {
namespace {

double microseconds(double seconds) { return std::round(seconds * 1e9) / 1e3; }

Json metadata(const char* what, int process, int thread, Json arguments) {
  return {{"ph", "M"}, {"name", what}, {"pid", process}, {"tid", thread}, {"ts", 0}, {"args", std::move(arguments)}};
}

Json counter(const char* what, int process, double seconds, const char* unit, double value) {
  return {{"ph", "C"}, {"name", what}, {"pid", process}, {"tid", 0}, {"ts", microseconds(seconds)},
          {"args", {{unit, static_cast<std::uint64_t>(value)}}}};
}

// One target's events.
class Track {
 public:
  Track(const Profile& profile, int process, Json& events) : profile_(profile), process_(process), events_(events) {}

  void name(const std::string& target, const std::vector<TraceSpan>& spans) {
    events_.push_back(metadata("process_name", process_, 0, {{"name", target}}));
    events_.push_back(metadata("process_sort_index", process_, 0, {{"sort_index", process_}}));
    std::set<int> threads{0};
    for (const TraceSpan& span : spans) threads.insert(static_cast<int>(span.thread));
    for (const int thread : threads) {
      const std::string called = thread == 0 ? "calling thread" : "team thread " + std::to_string(thread);
      events_.push_back(metadata("thread_name", process_, thread, {{"name", called}}));
    }
  }

  void add(std::vector<TraceSpan> spans) {
    // What begins first, and of two that begin together what contains the other.
    std::stable_sort(spans.begin(), spans.end(), [](const TraceSpan& a, const TraceSpan& b) {
      return a.begin_s != b.begin_s ? a.begin_s < b.begin_s : a.end_s > b.end_s;
    });
    int loop = 0;
    if (!spans.empty()) count(0, 0, 0);
    for (const TraceSpan& span : spans) events_.push_back(complete(span, loop));
    std::stable_sort(spans.begin(), spans.end(), [](const TraceSpan& a, const TraceSpan& b) { return a.end_s < b.end_s; });
    for (const TraceSpan& span : spans) {
      if (span.share == 0) count(span.end_s, span.allocations, span.allocated_bytes);
    }
  }

 private:
  Json complete(const TraceSpan& span, int& loop) const {
    const double begin_us = microseconds(span.begin_s);
    Json event{{"ph", "X"}, {"name", ""}, {"cat", "loop"}, {"pid", process_}, {"tid", static_cast<int>(span.thread)},
               {"ts", begin_us}, {"dur", std::round((microseconds(span.end_s) - begin_us) * 1e3) / 1e3}};
    if (span.operation == kWholeLoop) {
      event["name"] = "loop " + std::to_string(++loop);
      return event;
    }
    const ProfiledOperation& operation = profile_.operations[static_cast<std::size_t>(span.operation)];
    const std::string pass(names_of(operation.pass)[static_cast<std::size_t>(operation.pass)]);
    const bool share = span.share != 0;
    event["name"] = operation.name + " " + pass + (share ? " (share)" : "");
    event["cat"] = pass;
    if (!share) event["args"] = {{"kind", operation.kind}, {"flop", operation.flop}, {"bytes", operation.bytes}};
    return event;
  }

  void count(double seconds, double allocations, double bytes) {
    events_.push_back(counter("allocations", process_, seconds, "count", allocations));
    events_.push_back(counter("allocated", process_, seconds, "bytes", bytes));
  }

  const Profile& profile_;
  int process_;
  Json& events_;
};

}  // namespace

std::string trace_json(const Run& run, const Profile& profile, const ProfileSamples& samples) {
  Json events = Json::array();
  int process = 0;
  for (const TargetProfile& target : profile.targets) {
    const auto spans = samples.traces.find(target.target);
    if (spans == samples.traces.end()) continue;
    Track track(profile, ++process, events);
    track.name(target.target, spans->second);
    track.add(spans->second);
  }
  const Json document{{"displayTimeUnit", "ns"},
                      {"otherData", {{"case", profile.case_name}, {"tool", "m1bench " + run.tool.version}, {"started", run.session.started}}},
                      {"traceEvents", std::move(events)}};
  return document.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace m1bench
