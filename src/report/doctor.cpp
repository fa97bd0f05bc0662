// SPDX-License-Identifier: Apache-2.0
#include "report/doctor.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "m1bench/core/text.hpp"
#include "report/conditions.hpp"
#include "report/escape.hpp"
#include "report/table.hpp"
#include "report/wording.hpp"

namespace m1bench {
namespace {

// Below each other, behind a label of which only the first line has one.
class Block {
 public:
  Block(int label_width, const TerminalStyle& style) : indent_(static_cast<std::size_t>(label_width), ' '), style_(style) {}

  // `said` is coloured where the line begins with it.
  void add(std::string_view label, const std::string& line, std::string_view said = "", Tone tone = Tone::plain) {
    const std::string head = fmt::format("{:<{}}", label, indent_.size());
    const std::string text = wrap(escape_terminal(line), style_.width, head, indent_);  // where it breaks without colour
    text_ += toned(label, Tone::strong, style_.color) + head.substr(label.size()) + toned(said, tone, style_.color) +
             text.substr(std::min(text.size(), head.size() + said.size()));
  }
  const std::string& text() const { return text_; }

 private:
  std::string indent_, text_;
  TerminalStyle style_;
};

std::string level_text(const CpuLevel& level) {
  std::string text = level.name.empty() ? counted(level.cores, "core") : fmt::format("{} {}", level.cores, level.name);
  const std::array<std::pair<const char*, std::optional<std::uint64_t>>, 3> caches{
      {{"L1", level.l1d_bytes}, {"L2", level.l2_bytes}, {"L3", level.l3_bytes}}};
  for (const auto& [name, bytes] : caches) {
    if (bytes) text += fmt::format(", {} {}", name, format_bytes(*bytes));
  }
  return text;
}

std::string machine_line(const Machine& machine) {
  std::string text = machine.cpu.empty() ? machine.arch : machine.cpu;
  if (machine.model) text += fmt::format(" ({})", *machine.model);
  text += ", " + counted(machine.logical_cpus, "CPU");
  if (machine.memory_bytes) text += ", " + format_bytes(*machine.memory_bytes);
  if (machine.virtual_machine) text += ", a virtual machine";
  return text;
}

std::string tool_line(const Tool& tool) {
  std::vector<std::string> libraries;
  for (const auto& [name, version] : tool.libraries) libraries.push_back(version.empty() ? name : name + ' ' + version);
  const std::string translator = tool.translator.value_or("native");
  return fmt::format(
      "{}, build {}, {}, runs {}{}{}", tool.version, tool.build_id, tool.build_type.empty() ? "no build type" : tool.build_type,
      translator == "native" ? "natively" : "under " + translator, libraries.empty() ? "" : "; ", join(libraries, ", "));
}

std::string about_machine(const DoctorFacts& facts, const TerminalStyle& style) {
  Block block(9, style);
  block.add("machine", machine_line(facts.machine));
  std::string_view label = "cores";
  for (const CpuLevel& level : facts.machine.levels) {
    if (level.cores > 0) block.add(std::exchange(label, ""), level_text(level));
  }
  block.add("system", fmt::format("{}, {}, {}", facts.machine.os, facts.machine.kernel, facts.machine.arch));
  Machine now = facts.machine;
  now.after = now.before;  // what is the same at both times is told once
  if (const std::string text = conditions_text(now, 0); !text.empty()) block.add("now", text);
  block.add("m1bench", tool_line(facts.tool));
  return block.text();
}

std::string about_slices(const DoctorFacts& facts, const TerminalStyle& style) {
  std::size_t longest = 0;
  for (const DoctorSlice& slice : facts.slices) longest = std::max(longest, slice.name.size());
  Block block(static_cast<int>(longest) + 2, style);
  for (const DoctorSlice& slice : facts.slices) {
    block.add(slice.name, slice.path.value_or("missing"), slice.path ? "" : "missing", Tone::doubtful);
  }
  return block.text();
}

// What the name of a target does not say already.
std::string details_text(const Target& target) {
  std::string text;
  if (target.hello && target.hello->blas) text += ", with " + *target.hello->blas;
  if (target.translator_version) text += ", under " + *target.translator_version;
  return text;
}

std::string about_targets(const DoctorFacts& facts, const TerminalStyle& style) {
  std::size_t longest = 0;
  for (const DoctorTarget& entry : facts.targets) longest = std::max(longest, entry.target.name.size());
  Block block(static_cast<int>(longest) + 2, style);
  for (const auto& [target, tried] : facts.targets) {
    if (target.available) {
      block.add(target.name, "works" + details_text(target), "works", Tone::good);
      continue;
    }
    const std::string_view said = tried ? "does not work" : "not here";
    block.add(target.name, fmt::format("{}: {}", said, target.cause), said, tried ? Tone::bad : Tone::doubtful);
    if (!target.remedy.empty()) block.add("", target.remedy);
  }
  return block.text();
}

std::string diagnosis_text(const Diagnosis& diagnosis, const TerminalStyle& style) {
  const std::string label(name_of(diagnosis.severity));
  const Tone tone = diagnosis.severity == Severity::problem   ? Tone::bad
                    : diagnosis.severity == Severity::warning ? Tone::doubtful
                                                              : Tone::strong;
  const std::string line = fmt::format("{}: {} [{}]", label, escape_terminal(diagnosis.message), diagnosis.code);
  std::string text = toned(label, tone, style.color) + wrap(line, style.width, "", "  ").substr(label.size());
  if (!diagnosis.remedy.empty()) text += wrap(escape_terminal(diagnosis.remedy), style.width, "  ", "  ");
  return text;
}

// "1 problem, 2 warnings and 3 notes"
std::string counted_findings(std::span<const Diagnosis> found) {
  std::vector<std::string> counts;
  for (const Severity severity : {Severity::problem, Severity::warning, Severity::note}) {
    const auto count = std::count_if(found.begin(), found.end(), [&](const Diagnosis& one) { return one.severity == severity; });
    if (count > 0) counts.push_back(counted(count, name_of(severity)));
  }
  return join_words(counts);
}

}  // namespace

std::string doctor_report(const DoctorFacts& facts, std::span<const Diagnosis> found, const TerminalStyle& style) {
  std::string text = about_machine(facts, style) + "\n" + about_slices(facts, style) + "\n" + about_targets(facts, style) + "\n";
  if (found.empty()) return text + toned("fine", Tone::good, style.color) + ": nothing here stands in the way of a measurement\n";
  for (const Diagnosis& diagnosis : found) text += diagnosis_text(diagnosis, style);
  return text + "\n" + counted_findings(found) + "\n";
}

}  // namespace m1bench
