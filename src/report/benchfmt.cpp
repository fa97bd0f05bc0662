// SPDX-License-Identifier: Apache-2.0
#include "report/benchfmt.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "analysis/ratios.hpp"
#include "report/escape.hpp"
#include "report/feed_series.hpp"

namespace m1bench {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// Part of a name: what would end it, or the key it belongs to, as its byte in hexadecimal.
std::string name_part(std::string_view text) {
  std::string part;
  for (const char c : text) {
    const bool usual = is_letter(c) || (c >= '0' && c <= '9') || std::string_view("/_.+:-").find(c) != std::string_view::npos;
    part += usual ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return part;
}

// "Matmul/f32/1000"; Go's own names begin with a capital letter.
std::string case_part(std::string_view name) {
  std::string part = name_part(name);
  if (!part.empty() && part[0] >= 'a' && part[0] <= 'z') part[0] = static_cast<char>(part[0] - 'a' + 'A');
  return part;
}

// "arm64-qemu-user": a slash would begin another key.
std::string with_slash_as(std::string_view target, std::string_view sign) {
  std::string part;
  for (const char c : name_part(target)) part += c == '/' ? std::string(sign) : std::string(1, c);
  return part;
}

// Targets may have any name: where another one of the run reads the same, the slash is written as other odd bytes are.
std::string target_part(const Run& run, std::string_view target) {
  const std::string part = with_slash_as(target, "-");
  const bool taken = std::any_of(run.targets.begin(), run.targets.end(), [&](const Target& other) {
    const std::string_view name = without_side(other.name);
    return name != target && with_slash_as(name, "-") == part;
  });
  return taken ? with_slash_as(target, "%2F") : part;
}

// The number of threads stands last, where Go has GOMAXPROCS: without one a name such as resnet-7 would be cut there.
std::string line_name(const Run& run, const FeedSeries& series) {
  const Target* target = find_target(run, series.target->target);
  const Case* item = find_case(run, series.item->name);
  const bool sided = target && (target->side == "base" || target->side == "head");
  const std::string side = sided ? "/side=" + target->side : "";
  const std::string_view name = sided ? without_side(series.target->target) : std::string_view(series.target->target);
  return fmt::format("Benchmark{}/target={}{}-{}", case_part(series.item->name), target_part(run, name), side,
                     item ? item->threads : 1);
}

// Fixed notation, which every reader of the format understands; a thousandth of a nanosecond is beyond any clock.
std::string line(const std::string& name, const Block& block, const std::string& target, const std::string& with) {
  const TargetBlock& entry = *find_entry(block, target);
  std::string text = fmt::format("{}\t{}\t{:.3f} ns/op", name, entry.loops * entry.wall_s.size(),
                                 std::exp(*log_loop_in(block, target)) * 1e9);
  if (const auto log_ratio = with.empty() ? std::nullopt : log_ratio_in(block, target, with)) {
    text += fmt::format("\t{:.6f} ratio", std::exp(*log_ratio));
  }
  return text + "\n";
}

// benchstat tells files apart by these, so there is only what makes their numbers another machine's.
std::string configuration(const Run& run) {
  const Machine& machine = run.machine;
  const std::string cpu = escape_terminal(machine.cpu), arch = machine.arch == "x86_64" ? "amd64" : name_part(machine.arch);
  return fmt::format("goos: {}\n{}pkg: m1bench\n{}", machine.os.starts_with("macOS") ? "darwin" : "linux",
                     arch.empty() ? "" : "goarch: " + arch + "\n", cpu.empty() ? "" : "cpu: " + cpu + "\n");
}

}  // namespace

std::string benchfmt_report(const Run& run) {
  const Summary summary = summarise(run);
  std::string text = fmt::format("# m1bench {}, session {} of {}, baseline {}\n", escape_terminal(run.tool.version),
                                 escape_terminal(run.session.id), escape_terminal(run.session.started),
                                 escape_terminal(summary.baseline));
  text += configuration(run) + "Unit ns/op better=lower\nUnit ratio better=lower\n";
  const auto blocks = blocks_by_case(run);
  for (const FeedSeries& series : measured_series(summary)) {
    const std::string name = line_name(run, series), &target = series.target->target;
    const Target* found = find_target(run, target);
    const std::string with = found ? compared_with(run, *found) : "";
    for (const Block* block : blocks.at(series.item->name)) {
      if (log_loop_in(*block, target)) text += line(name, *block, target, with);
    }
  }
  return text;
}

}  // namespace m1bench
