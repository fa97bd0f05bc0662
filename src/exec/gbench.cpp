// SPDX-License-Identifier: Apache-2.0
#include "exec/gbench.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <span>
#include <utility>

#include "exec/gbench_json.hpp"
#include "m1bench/core/error.hpp"
#include "m1bench/core/text.hpp"
#include "platform/files.hpp"
#include "session/precision.hpp"
#include "session/schedule.hpp"
#include "session/time_left.hpp"

namespace m1bench {
namespace {

constexpr std::uint64_t kLargestReport = 16 << 20;
constexpr const char* kNoGbench = "is it a Google Benchmark program? leave out --gbench otherwise";
constexpr const char* kNoBenchmarks = "is it a Google Benchmark program, and does --benchmark_filter leave any? leave out --gbench otherwise";
constexpr int kRuns = 2;                          // of a target in a block: ABBA
constexpr const char* kEachTime = "let it run the same benchmarks each time";
constexpr const char* kFewer = "choose fewer with --benchmark_filter in each command line";
constexpr std::uint64_t kScheduleStream = 0x6BE4C4;

// What one run of the program told, and what it used.
struct Told {
  std::vector<GbenchTime> times;
  ProgramEnd end;
};

// What a run left at `path`, which may be anything. Throws Error where it cannot be read.
OrDeath<std::vector<GbenchTime>> read_report(const std::string& path, const std::string& said) {
  const FileKind kind = file_kind(path);
  if (kind != FileKind::none && kind != FileKind::regular) {
    return Death{"left no regular file at --benchmark_out" + said, kNoGbench, false};
  }
  if (file_size(path) > kLargestReport) {
    return Death{"wrote more than " + format_bytes(kLargestReport) + " to --benchmark_out" + said, kFewer, false};
  }
  const std::string report = kind == FileKind::none ? "" : read_file(path, kLargestReport);
  if (report.empty()) return Death{"wrote nothing to --benchmark_out" + said, kNoBenchmarks, false};
  try {
    std::vector<GbenchTime> times = parse_gbench(report);
    if (times.empty()) return Death{"measured none of its benchmarks" + said, kNoBenchmarks, false};
    return times;
  } catch (const Error& error) {
    return Death{std::string("what it wrote to --benchmark_out ") + error.what() + said, kNoGbench, false};
  }
}

// It writes to a file of ours, so that whatever it prints besides does not matter; in a new folder each time, so that nothing that
// an earlier run left there stands in its way or is taken for its report.
OrDeath<Told> run_once(const Executions& executions, const Case& program, const Target& target, const std::vector<int>& cpus) {
  try {
    const TemporaryDirectory folder;
    const std::string path = folder.path() + "/gbench.json";
    auto executed = executions.run(program, target, cpus, 0, {"--benchmark_out=" + path, "--benchmark_out_format=json"});
    if (auto* death = std::get_if<Death>(&executed)) return *std::move(death);
    const ProgramEnd& end = std::get<Execution>(executed).end;
    auto report = read_report(path, what_it_said(end.error_tail));
    if (auto* death = std::get_if<Death>(&report)) return *std::move(death);
    return Told{std::get<std::vector<GbenchTime>>(std::move(report)), end};
  } catch (const Error& error) {
    return Death{error.what(), "", false};
  }
}

// Whether the target's program as a whole has failed.
bool is_lost(const Run& run, const Target& target) {
  return std::any_of(run.failures.begin(), run.failures.end(),
                     [&](const Failure& failure) { return failure.case_name.empty() && failure.target == target.name; });
}

// Why a ratio cannot be made of it, and what to do; nothing if it can.
std::optional<Death> explain(const GbenchTime& time) {
  if (!time.error.empty()) return Death{time.error, "", false};
  if (time.real_s > 0) return std::nullopt;
  return Death{"an iteration took no time", "leave it out with --benchmark_filter in each command line, or let it do more", false};
}

std::string case_name(const std::string& benchmark) { return "exec/" + benchmark; }

class GbenchCheck {
 public:
  GbenchCheck(SessionContext& context, const Executions& executions, Case program)
      : context_(context), executions_(executions), program_(std::move(program)) {}

  PhaseEnd run() {
    for (const Target& target : context_.run->targets) {
      if (!target.available) continue;
      context_.on_progress({.phase = "checking", .case_name = program_.name, .target = target.name, .elapsed_s = context_.elapsed_s()});
      auto told = run_once(executions_, program_, target, context_.allowed_cpus);
      if (const auto* death = std::get_if<Death>(&told)) {
        if (death->interrupted) return PhaseEnd::interrupted;
        context_.run->failures.push_back({"", target.name, death->cause, death->remedy});
        continue;
      }
      const Told& all = std::get<Told>(told);
      parallel_ = parallel_ || is_parallel(all.end);
      for (const GbenchTime& time : all.times) add(time, target);
    }
    add_absent();
    const int cpus = std::max<int>(1, static_cast<int>(context_.allowed_cpus.size()));
    for (Case& item : context_.run->cases) item.threads = program_.threads > 0 ? program_.threads : parallel_ ? cpus : 1;
    return PhaseEnd::done;
  }

 private:
  void add(const GbenchTime& time, const Target& target) {
    const std::string name = case_name(time.name);
    if (!find_case(*context_.run, name)) {
      Case item = program_;
      item.name = name;
      context_.run->cases.push_back(item);
    }
    auto& checks = context_.run->verifications;
    auto check = std::find_if(checks.begin(), checks.end(), [&](const Verification& known) { return known.case_name == name && known.target == target.name; });
    if (check == checks.end()) {
      check = checks.emplace(checks.end());
      check->case_name = name;
      check->target = target.name;
      check->status = CheckStatus::right;
      check->loop_s = time.real_s;
      check->loops = 1;
    }
    // Of several repetitions, one that fails is enough.
    if (const auto death = explain(time); death && check->status == CheckStatus::right) {
      check->status = CheckStatus::failed;
      check->cause = death->cause;
      check->remedy = death->remedy;
    }
  }

  // On a target that runs, a benchmark that others have and it has not is missing.
  void add_absent() {
    for (const Target& target : context_.run->targets) {
      if (!target.available || is_lost(*context_.run, target)) continue;
      for (const Case& item : context_.run->cases) {
        if (find_verification(*context_.run, item.name, target.name)) continue;
        Verification check;
        check.case_name = item.name;
        check.target = target.name;
        check.status = CheckStatus::failed;
        check.cause = "its program has no such benchmark";
        check.remedy = "compile all of them from the same sources, or choose with --benchmark_filter in each command line";
        context_.run->verifications.push_back(check);
      }
    }
  }

  SessionContext& context_;
  const Executions& executions_;
  Case program_;
  bool parallel_ = false;
};

class GbenchMeasurement {
 public:
  GbenchMeasurement(SessionContext& context, const Executions& executions, const Case& program)
      : context_(context), executions_(executions), program_(program), rng_(context.run->session.seed, kScheduleStream) {
    for (const Target& target : context.run->targets) {
      if (target.available && !is_lost(*context.run, target)) targets_.push_back(&target);
    }
  }

  PhaseEnd run() {
    double block_s = 0;
    for (int round = 0; round < context_.limits.max_blocks; ++round) {
      if (targets_.empty() || context_.run->cases.empty() || (round >= context_.limits.min_blocks && width() <= 1)) return finish("precision");
      if (block_s > context_.left_s()) return finish("budget");
      const double start_s = context_.clock->now_s();
      std::optional<double> left_s;  // nobody knows before the first block
      if (round > 0) {
        const Foreseen foreseen{"", "", block_s, std::max(1, blocks_to_come(round, width(), context_.limits))};
        left_s = time_left(std::span(&foreseen, 1), 1, context_.left_s()).seconds;
      }
      context_.on_progress({.phase = "measuring", .case_name = program_.name, .target = "", .block = round + 1, .left_s = left_s, .elapsed_s = context_.elapsed_s()});
      if (measure(round) == PhaseEnd::interrupted) return finish("interrupted");
      block_s = context_.clock->now_s() - start_s;
    }
    return finish("blocks");
  }

 private:
  // Of the widest interval, as in session/precision.hpp.
  double width() const {
    std::vector<std::string> names;
    for (const Target* target : targets_) names.push_back(target->name);
    double widest = 0;
    for (const Case& item : context_.run->cases) {
      widest = std::max(widest, relative_width(*context_.run, item.name, right(item.name, names), context_.limits));
    }
    return widest;
  }

  std::vector<std::string> right(const std::string& name, std::vector<std::string> targets) const {
    std::erase_if(targets, [&](const std::string& target) { return !is_right(name, target); });
    return targets;
  }

  // It was when it was checked, and has not failed since.
  bool is_right(const std::string& name, const std::string& target) const {
    const Verification* check = find_verification(*context_.run, name, target);
    const auto& failures = context_.run->failures;
    return check && check->status == CheckStatus::right && std::none_of(failures.begin(), failures.end(), [&](const Failure& failure) {
             return failure.case_name == name && failure.target == target;
           });
  }

  PhaseEnd measure(int round) {
    Block block;
    block.round = round;
    block.start_s = context_.elapsed_s();
    block.cpus = block_cpus(context_.allowed_cpus, context_.run->cases.front().threads, static_cast<std::uint64_t>(round));
    std::map<std::string, Block> blocks;  // by case
    const std::vector<int> runs(targets_.size(), kRuns);
    const std::vector<const Target*> targets = targets_;
    for (const std::size_t i : slot_order(runs, rng_)) {
      const TimeAccount account(context_, "slots");
      if (std::find(targets_.begin(), targets_.end(), targets[i]) == targets_.end()) continue;  // died in this block
      auto told = run_once(executions_, program_, *targets[i], block.cpus);
      if (const auto* death = std::get_if<Death>(&told)) {
        if (death->interrupted) return PhaseEnd::interrupted;
        context_.run->failures.push_back({"", targets[i]->name, death->cause, death->remedy});
        std::erase(targets_, targets[i]);
        continue;
      }
      for (const GbenchTime& time : std::get<Told>(told).times) {
        add(time, *targets[i], std::get<Told>(told).end, blocks.emplace(case_name(time.name), block).first->second);
      }
      lose_absent(std::get<Told>(told).times, *targets[i]);
    }
    store(blocks, block.cpus);
    return PhaseEnd::done;
  }

  void add(const GbenchTime& time, const Target& target, const ProgramEnd& end, Block& block) const {
    if (!is_right(case_name(time.name), target.name)) return;
    if (const auto death = explain(time)) return lose(case_name(time.name), target, *death);
    auto entry = std::find_if(block.targets.begin(), block.targets.end(), [&](const TargetBlock& known) { return known.target == target.name; });
    if (entry == block.targets.end()) {
      entry = block.targets.emplace(block.targets.end());
      entry->target = target.name;
      entry->position = static_cast<int>(block.targets.size()) - 1;
      entry->loops = 1;
    }
    entry->wall_s.push_back(time.real_s);
    entry->cpu_s.push_back(time.cpu_s);
    entry->max_rss_bytes = std::max(entry->max_rss_bytes, end.max_rss_bytes);
    block.turns.push_back(static_cast<int>(entry - block.targets.begin()));
  }

  // A benchmark that is not measured any more has failed: nothing would make its interval narrower.
  void lose_absent(const std::vector<GbenchTime>& times, const Target& target) const {
    for (const Case& item : context_.run->cases) {
      const bool told = std::any_of(times.begin(), times.end(), [&](const GbenchTime& time) { return case_name(time.name) == item.name; });
      if (!told && is_right(item.name, target.name)) lose(item.name, target, {"its program left it out in a later run", kEachTime, false});
    }
  }

  void lose(const std::string& name, const Target& target, const Death& death) const {
    context_.run->failures.push_back({name, target.name, death.cause, death.remedy});
  }

  void store(std::map<std::string, Block>& blocks, const std::vector<int>& cpus) {
    const TimeAccount account(context_, "canary");
    const std::optional<double> canary_s = context_.canary(cpus);
    for (const Case& item : context_.run->cases) {
      const auto found = blocks.find(item.name);
      if (found == blocks.end() || found->second.targets.empty()) continue;
      found->second.case_name = item.name;
      found->second.canary_s = canary_s;
      context_.run->blocks.push_back(std::move(found->second));
    }
    context_.on_block();
  }

  PhaseEnd finish(const char* reason) {
    context_.run->session.stop_reason = reason;
    return std::string_view(reason) == "interrupted" ? PhaseEnd::interrupted : PhaseEnd::done;
  }

  SessionContext& context_;
  const Executions& executions_;
  const Case& program_;
  Rng rng_;
  std::vector<const Target*> targets_;  // still alive
};

}  // namespace

PhaseEnd check_gbench(SessionContext& context, const Executions& executions, Case program) {
  const TimeAccount account(context, "verification");
  return GbenchCheck(context, executions, std::move(program)).run();
}

PhaseEnd measure_gbench(SessionContext& context, const Executions& executions, const Case& program) {
  return GbenchMeasurement(context, executions, program).run();
}

}  // namespace m1bench
