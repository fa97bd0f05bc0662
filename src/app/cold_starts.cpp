// SPDX-License-Identifier: Apache-2.0
#include "app/cold_starts.hpp"

#include <cmath>
#include <sstream>

#include "m1bench/core/error.hpp"
#include "m1bench/core/text.hpp"
#include "platform/cache_folder.hpp"
#include "platform/files.hpp"

namespace m1bench {
namespace {

constexpr std::uint64_t kMostBytes = 1 << 20;

// Builds come and go: somebody who rebuilds all day starts over now and then.
constexpr std::size_t kMostLaunches = 1000;

std::string contents(const std::string& path) {
  try {
    return path.empty() || !file_exists(path) ? "" : read_file(path, kMostBytes);
  } catch (const Error&) {
    return "";
  }
}

}  // namespace

std::map<std::pair<std::string, std::string>, double> parse_cold_starts(const std::string& text) {
  std::map<std::pair<std::string, std::string>, double> launches;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string build_id, target;
    double seconds = -1;
    if (words >> build_id >> seconds && std::getline(words >> std::ws, target) && std::isfinite(seconds) && seconds >= 0) {
      launches.emplace(std::pair(build_id, target), seconds);
    }
  }
  return launches;
}

std::string cold_starts_file() {
  const auto folder = user_cache_folder();
  return folder ? *folder + "/cold-starts" : "";
}

ColdStarts::ColdStarts(std::unique_ptr<WorkerFactory> workers, SessionClock& clock, std::string path)
    : workers_(std::move(workers)), clock_(clock), path_(std::move(path)), seconds_(parse_cold_starts(contents(path_))) {}

OrDeath<std::unique_ptr<Worker>> ColdStarts::start(const Target& target, const std::vector<int>& cpus, double timeout_s) {
  const double begin = clock_.now_s();
  auto started = workers_->start(target, cpus, timeout_s);
  const double seconds = clock_.now_s() - begin;
  if (auto* worker = std::get_if<std::unique_ptr<Worker>>(&started)) {
    const bool first = started_.insert(join(target.command, " ")).second;
    if (first) remember({(*worker)->hello().build_id, std::string(without_side(target.name))}, seconds);
  }
  return started;
}

std::optional<double> ColdStarts::of(const Target& target) const {
  if (!target.hello) return std::nullopt;
  const auto found = seconds_.find({target.hello->build_id, std::string(without_side(target.name))});
  return found == seconds_.end() ? std::nullopt : std::optional(found->second);
}

void ColdStarts::remember(const Key& key, double seconds) {
  if (!seconds_.emplace(key, seconds).second || path_.empty()) return;
  std::ostringstream text;
  text.precision(9);
  if (seconds_.size() > kMostLaunches) seconds_ = {{key, seconds}};
  for (const auto& [launch, took] : seconds_) text << launch.first << ' ' << took << ' ' << launch.second << '\n';
  try {
    make_directories(parent_directory(path_));
    write_file_atomic(path_, text.str(), false);
  } catch (const Error&) {
    path_.clear();  // a read-only home folder stays one
  }
}

}  // namespace m1bench
