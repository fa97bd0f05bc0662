// SPDX-License-Identifier: Apache-2.0
#include "report/wording.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <vector>

#include "m1bench/core/shell_words.hpp"
#include "m1bench/core/text.hpp"
#include "stats/robust.hpp"

namespace m1bench {
namespace {

std::string pasteable(const std::string& word) {
  return word.starts_with("~/") ? "~/" + (word.size() > 2 ? quote_shell_word(std::string_view(word).substr(2)) : "")
                                : quote_shell_word(word);
}

double largest(const std::vector<double>& values) { return *std::max_element(values.begin(), values.end()); }

std::string text_of(const Machine& machine) {
  std::string text = machine.cpu.empty() ? machine.arch : machine.cpu;
  text += ", " + counted(machine.logical_cpus, "CPU");
  if (machine.memory_bytes) text += ", " + format_bytes(*machine.memory_bytes);
  if (!machine.os.empty()) text += ", " + machine.os;
  if (machine.virtual_machine) text += ", in a virtual machine (" + *machine.virtual_machine + ")";
  return text;
}

}  // namespace

std::string counted(long long number, std::string_view noun) {
  return fmt::format("{} {}{}", number, noun, number == 1 ? "" : "s");
}

std::string ratio_number(double ratio) {
  const bool two_decimals = ratio >= 0.9995 && ratio < 9.995;
  return two_decimals ? fmt::format("{:.2f}", ratio) : format_significant(ratio, 3);
}

std::string ratio_text(const Estimate& ratio, std::string_view whose) {
  const std::string text = fmt::format("takes {}x the time{}", ratio_number(ratio.ratio()), whose);
  if (!ratio.half_width && ratio.blocks == 0) return text + " (no interval)";  // how many there were was not recorded
  if (!ratio.half_width) return fmt::format("{} ({}, no interval)", text, counted(ratio.blocks, "block"));
  return fmt::format("{} [{}, {}]", text, ratio_number(ratio.low()), ratio_number(ratio.high()));
}

std::string ratio_or_reason(const CaseSummary& item, const TargetSummary& other) {
  if (other.ratio) return ratio_text(*other.ratio);
  if (other.outcome != Outcome::measured) return fmt::format("no ratio: {}", name_of(other.outcome));
  if (item.baseline.outcome != Outcome::measured) return fmt::format("no ratio: baseline {}", name_of(item.baseline.outcome));
  return "no ratio: no block has both";
}

std::string verdict_text(const TargetSummary& other, bool quick) {
  if (!other.verdict) return "";
  return std::string(name_of(*other.verdict)) + (quick ? " (quick)" : "");
}

std::string noise_floor_text(const CaseSummary& item) {
  const bool measured = item.control && item.control->half_width;
  return format_percent(item.noise_floor) + (measured ? "" : " assumed");
}

std::string share_text(const TargetSummary& target) {
  return target.share_of_bound ? format_significant(100 * *target.share_of_bound, 3) : "-";
}

std::string counter_text(const std::optional<double>& ratio) { return ratio ? ratio_number(*ratio) : "-"; }

std::string time_text(const TargetSummary& target) { return target.loop_s ? format_seconds(*target.loop_s) : "-"; }

std::string_view unit_noun(RateUnit unit) {
  switch (unit) {
    case RateUnit::flops: return "flop";
    case RateUnit::ops: return "op";
    case RateUnit::bytes: return "byte";
    case RateUnit::samples: break;
  }
  return "sample";
}

std::string rate_text(RateUnit unit, const TargetSummary& target) {
  if (!target.rate) return "-";
  if (unit == RateUnit::samples) return format_seconds(1 / *target.rate) + "/sample";
  return format_rate(*target.rate, unit == RateUnit::flops ? "FLOP/s" : unit == RateUnit::ops ? "OP/s" : "B/s");
}

std::string overall_text(const Overall& overall, NameStyle name) {
  if (overall.cases == 0) return overall.bounds == 0 ? "no case was compared" : "no mean: only bounds were compared";
  const std::string mean = fmt::format("geometric mean over {}: takes {}x the time", counted(overall.cases, "case"),
                                       ratio_number(overall.ratio));
  if (overall.cases == 1) return fmt::format("{} ({})", mean, name(overall.best_case));
  return fmt::format("{}; best {} {}x, worst {} {}x", mean, name(overall.best_case), ratio_number(overall.best_ratio),
                     name(overall.worst_case), ratio_number(overall.worst_ratio));
}

std::string control_text(const Summary& summary, NameStyle name) {
  std::vector<double> apart, widths;
  std::string worst;
  for (const CaseSummary& item : summary.cases) {
    if (!item.control || !item.control->half_width) continue;
    const double share = std::expm1(std::abs(item.control->log_ratio));
    if (apart.empty() || share > largest(apart)) worst = item.name;
    apart.push_back(share);
    widths.push_back(*item.control->half_width);
  }
  if (apart.empty()) return "";
  const std::string copies = fmt::format("two copies of {} seem {} apart", name(summary.baseline), format_percent(median(apart)));
  if (apart.size() == 1) {
    return fmt::format("{}, with a half-width of {}; verdicts allow for it", copies, format_percent(widths[0]));
  }
  const std::string of_cases = counted(static_cast<long long>(apart.size()), "case");
  return fmt::format("{} in the median of {} and {} at worst ({}), with half-widths of {} and at most {}; verdicts allow for it "
                     "case by case",
                     copies, of_cases, format_percent(largest(apart)), name(worst), format_percent(median(widths)),
                     format_percent(largest(widths)));
}

std::vector<std::string> memory_texts(const Summary& summary, NameStyle name) {
  std::vector<std::string> texts;
  const auto add = [&](const CaseSummary& item, const TargetSummary& target) {
    if (!target.allocated_bytes) return;
    const std::string peak = target.max_rss_bytes ? "peak " + format_bytes(*target.max_rss_bytes) + ", " : "";
    texts.push_back(fmt::format("{} on {}: {}{} allocated a loop", name(item.name), name(target.target), peak,
                                format_bytes(*target.allocated_bytes)));
  };
  for (const CaseSummary& item : summary.cases) {
    add(item, item.baseline);
    for (const TargetSummary& other : item.others) add(item, other);
  }
  return texts;
}

std::string cold_starts_text(const Run& run) {
  if (std::none_of(run.cases.begin(), run.cases.end(), times_launches)) return "";
  std::vector<std::string> starts;
  for (const Target& target : run.targets) {
    if (target.cold_start_s) starts.push_back(target.name + " " + format_seconds(*target.cold_start_s));
  }
  return starts.empty() ? "" : "first launch of this build: " + join(starts, ", ");
}

std::string warning_text(const Warning& warning) {
  return warning.message + (warning.remedy.empty() ? "" : "; " + warning.remedy);
}

std::string machine_text(const Run& run) {
  std::vector<std::string> texts;
  std::set<std::string> known;
  for (const Machine* machine : machines_of(run)) {
    const std::string text = text_of(*machine);
    if (known.insert(text).second) texts.push_back(text);
  }
  return join(texts, "; ");
}

std::string blocks_text(const Summary& summary) {
  if (summary.fewest_blocks == summary.most_blocks) return counted(summary.most_blocks, "block");
  return fmt::format("{} to {} blocks", summary.fewest_blocks, summary.most_blocks);
}

std::string threads_text(int threads) { return counted(threads, "thread"); }

std::string compared_text(const Summary& summary) {
  return counted(summary.compared, "case") + " compared; verdicts are not adjusted for their number";
}

std::string long_time_text(double seconds) {
  return seconds < 120 ? format_seconds(seconds) : fmt::format("{:.1f} min", seconds / 60);
}

std::string command_text(const Target& target) {
  std::string line;
  for (const auto& [name, value] : target.environment) line += name + "=" + pasteable(value) + " ";
  for (std::size_t i = 0; i < target.command.size(); ++i) line += (i > 0 ? " " : "") + pasteable(target.command[i]);
  return line;
}

}  // namespace m1bench
