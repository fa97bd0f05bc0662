// SPDX-License-Identifier: Apache-2.0
#include "history/rows.hpp"

#include <cmath>
#include <cstdint>
#include <map>
#include <utility>

namespace m1bench {
namespace {

// Binds one value after another.
class Row {
 public:
  explicit Row(Statement& statement) : statement_(statement) {}
  Row& operator<<(std::string_view text) { return statement_.bind(next_++, text), *this; }
  Row& operator<<(std::int64_t number) { return statement_.bind(next_++, number), *this; }
  Row& operator<<(const std::optional<double>& number) { return statement_.bind(next_++, number), *this; }

 private:
  Statement& statement_;
  int next_ = 0;
};

std::int64_t insert_head(Database& database, const RecordedRun& run, std::string_view document) {
  Statement insert = database.prepare(
      "INSERT INTO run (session, started, ended, stop_reason, command, baseline, quick, version, git_commit, dirty, build_id, "
      "compiler, machine_id, cpu, os, document) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  Row(insert) << run.session << run.started << run.ended << run.stop_reason << run.command << run.baseline
              << std::int64_t{run.quick} << run.version << run.commit << std::int64_t{run.dirty} << run.build_id << run.compiler
              << run.machine_id << run.cpu << run.os << document;
  insert.run();
  return database.last_row();
}

using RunsById = std::map<std::int64_t, RecordedRun*>;

RecordedRun read_head(const Statement& row) {
  RecordedRun run;
  int column = 1;
  for (std::string* text : {&run.session, &run.started, &run.ended, &run.stop_reason, &run.command, &run.baseline, &run.version,
                            &run.commit, &run.build_id, &run.compiler, &run.machine_id, &run.cpu, &run.os}) {
    *text = row.text(column++);
  }
  run.quick = row.integer(column++) != 0;
  run.dirty = row.integer(column++) != 0;
  return run;
}

// Whether its ratio with its interval are numbers that can be shown, and its error one that can be computed with: anybody may have
// written the file.
bool is_sound(const RecordedSeries& series) {
  constexpr double kMostLog = 700;  // that of the largest number is 709
  const double half_width = series.half_width.value_or(0), error = series.standard_error.value_or(0);
  return half_width >= 0 && std::abs(series.log_ratio.value_or(0)) + half_width <= kMostLog && error >= 0 && error <= kMostLog &&
         series.degrees.value_or(1) > 0;
}

void read_means(Database& database, const RunsById& by_id) {
  Statement rows = database.prepare("SELECT run, target, cases, ratio FROM mean ORDER BY run, target");
  while (rows.step()) {
    const auto run = by_id.find(rows.integer(0));
    if (run == by_id.end()) continue;
    run->second->means.push_back({rows.text(1), static_cast<int>(rows.integer(2)), rows.real(3).value_or(1)});
    if (run->second->means.back().ratio <= 0) database.refuse("its table mean has a ratio that cannot be");
  }
}

void read_series(Database& database, const RunsById& by_id, const std::function<bool(const std::string&)>& wanted) {
  Statement rows = database.prepare(
      "SELECT run, case_name, target, outcome, verdict, blocks, loop_s, log_ratio, half_width, standard_error, degrees FROM "
      "series "
      "ORDER BY run, case_name, target");
  while (rows.step()) {
    const auto run = by_id.find(rows.integer(0));
    RecordedSeries series;
    series.case_name = rows.text(1);
    if (run == by_id.end() || !wanted(series.case_name)) continue;
    series.target = rows.text(2);
    series.outcome = rows.text(3);
    series.verdict = rows.text(4);
    series.blocks = static_cast<int>(rows.integer(5));
    int column = 6;
    for (std::optional<double>* number :
         {&series.loop_s, &series.log_ratio, &series.half_width, &series.standard_error, &series.degrees}) {
      *number = rows.real(column++);
    }
    if (!is_sound(series)) database.refuse("its table series has a ratio that cannot be");
    run->second->series.push_back(std::move(series));
  }
}

void read_traits(Database& database, const RunsById& by_id, const std::function<bool(const std::string&)>& wanted) {
  Statement rows =
      database.prepare("SELECT run, case_name, target, field, value FROM trait ORDER BY run, case_name, target, field");
  while (rows.step()) {
    const auto run = by_id.find(rows.integer(0));
    const std::string case_name = rows.text(1);
    if (run == by_id.end() || (!case_name.empty() && !wanted(case_name))) continue;
    run->second->traits.push_back({case_name, rows.text(2), rows.text(3), rows.text(4)});
  }
}

}  // namespace

void insert_run(Database& database, const RecordedRun& run, std::string_view document) {
  const std::int64_t id = insert_head(database, run, document);
  Statement mean = database.prepare("INSERT INTO mean VALUES (?, ?, ?, ?)");
  for (const RecordedMean& row : run.means) {
    Row(mean) << id << row.target << std::int64_t{row.cases} << std::optional(row.ratio);
    mean.run();
  }
  Statement series = database.prepare("INSERT INTO series VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  for (const RecordedSeries& row : run.series) {
    Row(series) << id << row.case_name << row.target << row.outcome << row.verdict << std::int64_t{row.blocks} << row.loop_s
                << row.log_ratio << row.half_width << row.standard_error << row.degrees;
    series.run();
  }
  Statement trait = database.prepare("INSERT INTO trait VALUES (?, ?, ?, ?, ?)");
  for (const RecordedTrait& row : run.traits) {
    Row(trait) << id << row.case_name << row.target << row.field << row.value;
    trait.run();
  }
}

std::vector<RecordedRun> select_runs(Database& database, const std::function<bool(const std::string& case_name)>& wanted) {
  std::vector<RecordedRun> runs;
  std::vector<std::int64_t> ids;
  Statement heads = database.prepare(
      "SELECT id, session, started, ended, stop_reason, command, baseline, version, git_commit, build_id, compiler, machine_id, "
      "cpu, os, "
      "quick, dirty FROM run ORDER BY started, session");
  while (heads.step()) {
    ids.push_back(heads.integer(0));
    runs.push_back(read_head(heads));
  }
  RunsById by_id;
  for (std::size_t i = 0; i < runs.size(); ++i) by_id.emplace(ids[i], &runs[i]);
  read_means(database, by_id);
  read_series(database, by_id, wanted);
  read_traits(database, by_id, wanted);
  return runs;
}

}  // namespace m1bench
