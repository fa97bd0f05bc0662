// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "session/context.hpp"

namespace m1bench {

// Starts workers as another factory does, and keeps how long the very first launch of each target of each build took: a
// translator may then translate the whole program, which it never does again. Kept across sessions in a file of the user's
// cache folder, because the first launch may have been for another command; that it cannot be kept is no failure.
class ColdStarts final : public WorkerFactory {
 public:
  // `path`: of the file; "" keeps nothing beyond this object.
  ColdStarts(std::unique_ptr<WorkerFactory> workers, SessionClock& clock, std::string path);

  OrDeath<std::unique_ptr<Worker>> start(const Target& target, const std::vector<int>& cpus, double timeout_s) override;

  // From spawning to hello. Nothing of targets that never started.
  std::optional<double> of(const Target& target) const;

 private:
  using Key = std::pair<std::string, std::string>;  // build id, target
  void remember(const Key& key, double seconds);

  std::unique_ptr<WorkerFactory> workers_;
  SessionClock& clock_;
  std::string path_;
  std::set<std::string> started_;  // in this process, by command
  std::map<Key, double> seconds_;
};

// What the file holds: one line for each launch, "BUILD_ID SECONDS TARGET"; lines that are not so are left out.
std::map<std::pair<std::string, std::string>, double> parse_cold_starts(const std::string& text);

// The file in the user's cache folder; "" without one.
std::string cold_starts_file();

}  // namespace m1bench
