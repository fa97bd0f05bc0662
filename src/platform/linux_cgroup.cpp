// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "m1bench/core/text.hpp"
#include "platform/linux_facts.hpp"

// Control groups form a tree (version 2) or a tree for each controller (version 1), mounted as folders. A container may see
// only a part of the tree, and then its own group is the top of what is mounted.
namespace m1bench {
namespace {

struct Tree {
  std::string folder;  // where it is mounted
  std::string top;     // which group stands there
  bool version2 = false;
};

bool names(const std::string& list, const std::string& word) {
  const std::vector<std::string> words = split(list, ',');
  return std::find(words.begin(), words.end(), word) != words.end();
}

// The trees that may limit CPU time. A line of mountinfo: "ID PARENT MAJOR:MINOR ROOT FOLDER OPTIONS [TAG...] - TYPE SOURCE
// TREE-OPTIONS".
std::vector<Tree> cpu_trees(const std::string& mountinfo) {
  std::vector<Tree> trees;
  for (const std::string& line : split(mountinfo, '\n')) {
    const std::vector<std::string> words = split(line, ' ');
    const auto dash = std::find(words.begin(), words.end(), "-");
    if (dash - words.begin() < 6 || words.end() - dash < 4) continue;
    const bool version2 = dash[1] == "cgroup2", version1 = dash[1] == "cgroup" && names(dash[3], "cpu");
    if (version1 || version2) trees.push_back({words[4], words[3], version2});
  }
  return trees;
}

// This process's group within a tree. A line of /proc/self/cgroup: "3:cpu,cpuacct:/group", of version 2 "0::/group".
std::string group_in(const Tree& tree, const std::string& cgroup) {
  for (const std::string& line : split(cgroup, '\n')) {
    const std::size_t first = line.find(':'), second = line.find(':', first + 1);
    if (first == std::string::npos || second == std::string::npos) continue;
    const std::string controllers = line.substr(first + 1, second - first - 1);
    if (tree.version2 ? controllers.empty() : names(controllers, "cpu")) return line.substr(second + 1);
  }
  return "";
}

// The way down from the mounted top to the group: "/a/b"; "" if it is the top or lies outside of what is mounted.
std::string group_below(const Tree& tree, const std::string& group) {
  const std::string above = tree.top == "/" ? "" : tree.top;
  const bool within = group.starts_with(above + '/') && group.find("/..") == std::string::npos && group != "/";
  return within ? group.substr(above.size()) : "";
}

// cpu.max is "QUOTA PERIOD" in microseconds, QUOTA "max" for no limit; version 1 has a file for each, -1 for no limit.
std::optional<double> limit_at(const ReadText& read, const std::string& folder, bool version2) {
  std::optional<std::int64_t> quota, period;
  if (version2) {
    const std::vector<std::string> words = split(read_line_of(read, folder + "/cpu.max"), ' ');
    if (words.size() != 2) return std::nullopt;
    quota = parse_whole_number(words[0]);
    period = parse_whole_number(words[1]);
  } else {
    quota = read_number(read, folder + "/cpu.cfs_quota_us");
    period = read_number(read, folder + "/cpu.cfs_period_us");
  }
  if (!quota || !period || *quota <= 0 || *period <= 0) return std::nullopt;
  return static_cast<double>(*quota) / static_cast<double>(*period);
}

}  // namespace

std::optional<double> linux_cpu_limit(const ReadText& read) {
  const std::string cgroup = read("/proc/self/cgroup").value_or("");
  std::optional<double> least;
  for (const Tree& tree : cpu_trees(read("/proc/self/mountinfo").value_or(""))) {
    std::string group = group_below(tree, group_in(tree, cgroup));
    for (bool top = false; !top; group.resize(top ? 0 : group.rfind('/'))) {
      if (const auto limit = limit_at(read, tree.folder + group, tree.version2)) least = std::min(*limit, least.value_or(*limit));
      top = group.empty();
    }
  }
  return least;
}

}  // namespace m1bench
