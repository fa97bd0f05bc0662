// SPDX-License-Identifier: Apache-2.0
#include "app/dump.hpp"

#include <algorithm>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "platform/files.hpp"
#include "result/case_json.hpp"
#include "session/launches.hpp"

namespace m1bench {
namespace {

std::string folder_name(std::string name) {
  std::replace(name.begin(), name.end(), '/', '_');
  return name;
}

std::vector<std::string> arrays_in(const std::string& folder) {
  constexpr std::string_view kSuffix = ".npy";
  std::vector<std::string> names;
  for (const std::string& file : list_directory(folder)) {
    if (file.ends_with(kSuffix)) names.push_back(file.substr(0, file.size() - kSuffix.size()));
  }
  return names;
}

std::optional<Death> dump_case(SessionContext& context, const Case& item, const Target& target, const std::string& folder) {
  auto started = start_worker(context, target, item, context.allowed_cpus);
  if (auto* death = std::get_if<Death>(&started)) return *death;
  Worker& worker = *std::get<std::unique_ptr<Worker>>(started);
  // A dump of training always holds all steps, which take a slow target this many times as long as one answer may.
  const double patience_s = context.limits.case_timeout_s * static_cast<double>(context.limits.steps);
  const std::uint64_t loops = answers_with_losses(item) ? context.limits.steps : 1;
  std::string input_checksum;
  const Request requests[] = {context.prepare_request(item, true), {.verb = Verb::dump, .path = folder, .loops = loops}};
  for (const Request& request : requests) {
    auto reply = worker.ask(request, patience_s);
    if (auto* death = std::get_if<Death>(&reply)) return *death;
    if (request.want_checksum) input_checksum = std::get<Reply>(reply).input_checksum;
  }
  worker.quit();
  const std::vector<std::string> arrays = arrays_in(folder);
  write_file_atomic(folder + "/case.json", case_json(item, target.name, input_checksum, arrays));
  return std::nullopt;
}

}  // namespace

PhaseEnd dump_cases(SessionContext& context, const std::string& directory) {
  for (const Target& target : context.run->targets) {
    if (!target.available) continue;
    for (const Case& item : context.run->cases) {
      const std::string folder = directory + "/" + folder_name(target.name) + "/" + folder_name(item.name);
      make_directories(folder);
      context.on_progress({.phase = "dumping", .case_name = item.name, .target = target.name, .left_s = std::nullopt, .targets = {}});
      if (const auto death = dump_case(context, item, target, folder)) {
        if (death->interrupted) return PhaseEnd::interrupted;
        context.run->failures.push_back({item.name, target.name, death->cause, death->remedy});
      }
    }
  }
  return PhaseEnd::done;
}

}  // namespace m1bench
