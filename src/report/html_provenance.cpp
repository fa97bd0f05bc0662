// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <vector>

#include "m1bench/core/text.hpp"
#include "report/conditions.hpp"
#include "report/escape.hpp"
#include "report/html_sections.hpp"
#include "report/wording.hpp"

namespace m1bench {
namespace {

// Names and what they stand for; a fact that nobody knows is left out. Values are HTML already.
class Facts {
 public:
  void add(std::string_view name, const std::string& html) {
    if (!html.empty()) rows_ += fmt::format("<div><dt>{}</dt><dd>{}</dd></div>\n", name, html);
  }
  void add_text(std::string_view name, std::string_view text) { add(name, escape_html(text)); }
  std::string list() const { return fmt::format("<dl class=\"facts\">\n{}</dl>\n", rows_); }

 private:
  std::string rows_;
};

std::string part(std::string_view heading, const std::string& contents) {
  return fmt::format("<div class=\"part\">\n<h3>{}</h3>\n{}</div>\n", heading, contents);
}

std::string levels_text(const Machine& machine) {
  std::vector<std::string> texts;
  for (const CpuLevel& level : machine.levels) {
    std::string text = counted(level.cores, "core") + (level.name.empty() ? "" : " " + level.name);
    if (level.l1d_bytes) text += ", L1d " + format_bytes(*level.l1d_bytes);
    if (level.l2_bytes) text += ", L2 " + format_bytes(*level.l2_bytes);
    if (level.l3_bytes) text += ", L3 " + format_bytes(*level.l3_bytes);
    texts.push_back(text);
  }
  return join(texts, "; ");
}

std::string machine_part(const Machine& machine, double elapsed_s) {
  Facts facts;
  facts.add_text("CPU", machine.cpu.empty() ? machine.arch : machine.cpu);
  facts.add_text("model", machine.model.value_or(""));
  facts.add_text("CPUs", counted(machine.logical_cpus, "CPU"));
  facts.add_text("cores", levels_text(machine));
  if (machine.memory_bytes) facts.add_text("memory", format_bytes(*machine.memory_bytes));
  facts.add_text("system", machine.os);
  facts.add_text("kernel", machine.kernel);
  facts.add_text("virtual machine", machine.virtual_machine.value_or(""));
  facts.add_text("conditions", conditions_text(machine, elapsed_s));
  return part("Machine", facts.list());
}

std::string session_part(const Run& run, const Summary& summary) {
  const Session& session = run.session;
  Facts facts;
  facts.add("session", html_name(session.id));
  facts.add_text("time", session.started + " to " + session.ended);
  facts.add_text("seed", std::to_string(session.seed));
  facts.add_text("measured", blocks_text(summary) + ", " + threads_text(session.threads));
  facts.add_text("ended by", session.stop_reason);
  std::vector<std::string> spent;
  for (const auto& [activity, seconds] : session.time_spent_s) spent.push_back(activity + " " + long_time_text(seconds));
  facts.add_text("time spent", join(spent, ", "));
  return part("Session", facts.list());
}

std::string program_part(const Tool& tool) {
  Facts facts;
  facts.add_text("m1bench", tool.version);
  if (!tool.commit.empty()) facts.add("commit", html_name(tool.commit) + (tool.dirty ? " (modified)" : ""));
  facts.add("build id", html_name(tool.build_id));
  facts.add_text("build", tool.build_type + (tool.strict_fp ? ", strict floating point" : ""));
  facts.add_text("compiler", tool.compiler);
  std::vector<std::string> libraries;
  for (const auto& [name, version] : tool.libraries) libraries.push_back(name + " " + version);
  facts.add_text("libraries", join(libraries, ", "));
  return part("Program", facts.list());
}

std::string target_part(const Target& target) {
  Facts facts;
  const std::string version = target.translator_version ? " (" + escape_html(*target.translator_version) + ")" : "";
  if (!target.hello) {  // a program of `exec` says nothing of itself
    facts.add_text("state", target.available ? "a program of the user's" : "did not start");
    if (target.available) facts.add("runs as", html_name(target.translator) + version);
    return part(html_name(target.name), facts.list());
  }
  const Hello& hello = *target.hello;
  facts.add("slice", html_name(hello.slice));
  facts.add("seen from inside as", html_name(hello.translator) + version);
  facts.add_text("CPU", hello.cpu);
  facts.add_text("SIMD", hello.simd);
  facts.add_text("BLAS", hello.blas.value_or(""));
  facts.add_text("compiler", hello.compiler);
  facts.add("flags", html_name(hello.flags));
  facts.add("build id", html_name(hello.build_id));
  if (target.sha256) facts.add("SHA-256", html_name(*target.sha256));
  if (target.cold_start_s) facts.add_text("very first launch", format_seconds(*target.cold_start_s));
  return part(html_name(target.name), facts.list());
}

std::string command(std::string_view what, const Target& words) {
  return fmt::format("<figure class=\"command\">\n<figcaption><span>{}</span></figcaption>\n"
                     "<pre tabindex=\"0\"><code>{}</code></pre>\n</figure>\n",
                     what, escape_html(command_text(words)));
}

}  // namespace

std::string html_provenance(const Run& run, const Summary& summary) {
  double elapsed_s = 0;  // of a merged run each shard's own, which is not known
  for (const auto& [activity, seconds] : run.session.time_spent_s) elapsed_s += run.session.merged.empty() ? seconds : 0;
  std::string parts;
  for (const Machine* machine : machines_of(run)) parts += machine_part(*machine, elapsed_s);
  parts += session_part(run, summary) + program_part(run.tool);
  for (const Target& target : run.targets) parts += target_part(target);
  return html_section("provenance", "Machine and provenance", fmt::format("<div class=\"parts\">\n{}</div>\n", parts));
}

std::string html_commands(const Run& run) {
  Target driver;
  driver.command = run.session.arguments;
  // A run file keeps the words after the program's name, or all of them.
  if (!driver.command.empty() && driver.command.front() != "m1bench") driver.command.insert(driver.command.begin(), "m1bench");
  std::string text = driver.command.empty() ? "" : command("This run", driver);
  for (const Target& target : run.targets) {
    if (!target.command.empty()) text += command("The worker of " + html_name(target.name), target);
  }
  return html_section("commands", "To repeat it", text);
}

}  // namespace m1bench
