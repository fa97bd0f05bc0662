// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <cstdlib>
#include <string>

#include "analysis/comparison.hpp"
#include "analysis/explain.hpp"
#include "analysis/merge.hpp"
#include "analysis/warnings.hpp"
#include "m1bench/core/error.hpp"
#include "report/comparison_formats.hpp"
#include "report/explain.hpp"
#include "report/formats.hpp"
#include "result/run_json.hpp"

namespace {

using namespace m1bench;

void must(bool condition) {
  if (!condition) std::abort();
}

// Two services take no document in which nothing was measured; every other format has a word for it.
bool is_written(const Format& format, const Run& run) {
  try {
    const std::string text = format.write(run, {{.width = 50, .color = true}, ""});
    must(text.find("\"value\": null") == std::string::npos);
    return !text.empty() || (format.name == "jsonl" && run.cases.empty());
  } catch (const Error& error) {
    return std::string(error.what()).starts_with("nothing in this run has a time");
  }
}

// Whatever was accepted can be reported in every format.
void report(const Run& run) {
  const Summary summary = summarise(run);
  grouped(warnings_of(run, summary));
  for (const Format& format : formats()) {
    if (!format.needs_target) must(is_written(format, run));
    for (std::size_t i = 0; format.needs_target && i < run.targets.size() && i < 3; ++i) {
      must(!format.write(run, {{}, run.targets[i].name}).empty());
    }
  }
}

void explain_in_every_format(const Run& run) {
  if (has_sides(run)) return;
  const Explanation explanation = explain(run);
  for (const ExplainFormat& format : explain_formats()) must(!format.write({run, explanation}, {.width = 50, .color = true}).empty());
}

void show(const Comparison& comparison, const ComparedRuns& runs) {
  for (const ComparisonFormat& format : comparison_formats()) must(!format.write(comparison, runs, {}).empty());
}

// A run and the same slots, of one session or of two, in any order: there may be too little to tell, but no change.
void compare(const Run& base, const Run& head) {
  try {
    const Comparison comparison = compare_runs(base, head, {.absolute = true, .force = true});
    for (const Change& change : comparison.changes) {
      must(change.decision != Decision::regressed && change.log_change.value_or(0) == 0);
    }
    show(comparison, {&base, &head});
  } catch (const Error& error) {
    must(error.kind() == ErrorKind::unlike && has_sides(base));
  }
}

void compare(const Run& run) {
  compare(run, run);
  Run other = run;
  other.session.id += "0";
  other.targets = {run.targets.rbegin(), run.targets.rend()};
  other.cases = {run.cases.rbegin(), run.cases.rend()};
  compare(run, other);
  if (!has_sides(run)) return;
  show(compare_sides(run, {.force = true}), {&run, &run});
  cases_to_confirm(run, {.margin = 0.03});
}

// Alone it is a whole run only as shard 1 of 1; and there is always a sentence.
void merge(Run run) {
  try {
    merge_runs({run, run});
    must(false);
  } catch (const Error& error) {
    must(error.kind() == ErrorKind::usage || error.kind() == ErrorKind::unlike);
  }
  run.session.merged.clear();
  run.session.shard = "1/1";
  const std::string text = to_json(merge_runs({run}));
  must(to_json(run_from_json(text)) == text);
}

}  // namespace

// Whatever is accepted must be written as a document that reads back as the same one, and must not surprise what comes after.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Run run;
  try {
    run = run_from_json({reinterpret_cast<const char*>(data), size});
  } catch (const Error& error) {
    must(error.kind() == ErrorKind::data);
    return 0;
  }
  const std::string text = to_json(run);
  must(to_json(run_from_json(text)) == text);
  report(run);
  explain_in_every_format(run);
  compare(run);
  merge(std::move(run));
  return 0;
}
