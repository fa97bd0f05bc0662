// SPDX-License-Identifier: Apache-2.0
#include "report/bencher_json.hpp"

#include "report/feed_series.hpp"
#include "report/json_values.hpp"

namespace m1bench {
namespace {

Json ratio_metric(const Estimate& ratio) {
  Json metric = {{"value", nine_digits(ratio.ratio())}};
  if (ratio.half_width) {
    metric["lower_value"] = nine_digits(ratio.low());
    metric["upper_value"] = nine_digits(ratio.high());
  }
  return metric;
}

}  // namespace

std::string bencher_json(const Run& run) {
  const Summary summary = summarise(run);
  Json benchmarks = Json::object();
  for (const FeedSeries& series : series_to_send(summary)) {
    Json& measures = benchmarks[name_of(series)];
    if (series.target->ratio) measures["ratio"] = ratio_metric(*series.target->ratio);
    measures["latency"] = {{"value", nine_digits(loop_ns(series))}};
  }
  return text_of(benchmarks);
}

}  // namespace m1bench
