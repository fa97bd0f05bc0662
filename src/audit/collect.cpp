// SPDX-License-Identifier: Apache-2.0
#include "audit/collect.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <mutex>
#include <string_view>

#include "platform/tree.hpp"

namespace m1bench {
namespace {

constexpr std::string_view kDistInfo = ".dist-info/";

// The first bytes are read once, whatever the reader asks of them afterwards; of most files they are all that is read.
ExecutableFile executable_in(std::uint64_t size, const ReadBytes& read) {
  constexpr std::size_t kHead = 512, kSmallest = 8;
  if (size < kSmallest) return {};
  const std::string head = read(0, kHead);
  const auto from_head = [&](std::uint64_t offset, std::size_t count) {
    return offset + count <= head.size() ? head.substr(offset, count) : read(offset, count);
  };
  return read_executable({size, from_head});
}

bool worth_telling(const ExecutableFile& file) { return !file.slices.empty() || !file.reason.empty(); }

class Collector {
 public:
  void visit(const std::string& path, std::uint64_t size, const ReadBytes& read) {
    constexpr std::size_t kMostOfWheel = 64 << 10, kMostOfRecord = 16 << 20;
    if (const std::size_t at = path.rfind(kDistInfo); at != std::string::npos) {
      const std::string folder = path.substr(0, at + kDistInfo.size() - 1), name = path.substr(at + kDistInfo.size());
      if (name == "WHEEL") note(folder, read(0, kMostOfWheel), "");
      if (name == "RECORD") note(folder, "", read(0, std::min<std::uint64_t>(size, kMostOfRecord)));
      return;
    }
    ExecutableFile holds = executable_in(size, read);
    if (!worth_telling(holds)) return;
    const std::lock_guard lock(mutex_);
    binaries_.push_back({path, std::move(holds)});
  }

  void hand_over(Listing& listing) {
    listing.binaries = std::move(binaries_);
    std::sort(listing.binaries.begin(), listing.binaries.end(),
              [](const ListedFile& a, const ListedFile& b) { return a.path < b.path; });
    for (auto& [folder, distribution] : distributions_) listing.distributions.push_back(std::move(distribution));
  }

 private:
  void note(const std::string& folder, const std::string& wheel, const std::string& record) {
    const std::vector<std::string> tags = wheel_tags(wheel);
    std::vector<std::string> natives = recorded_natives(record);
    const std::lock_guard lock(mutex_);
    Distribution& distribution = distributions_.try_emplace(folder, distribution_of(folder)).first->second;
    if (!tags.empty()) distribution.tags = tags;
    if (!natives.empty()) distribution.natives = std::move(natives);
  }

  std::mutex mutex_;
  std::vector<ListedFile> binaries_;
  std::map<std::string, Distribution> distributions_;
};

ListedLink listed_link(const std::string& root, const TreeEntry& entry) {
  ListedLink link{entry.path, entry.detail, std::nullopt, false};
  if (!names_interpreter(entry.path)) return link;
  link.dangles = !visit_file(root + "/" + entry.path, [&](const std::string&, std::uint64_t size, const ReadBytes& read) {
    link.holds = executable_in(size, read);
  });
  return link;
}

}  // namespace

bool names_interpreter(const std::string& path) {
  constexpr std::string_view kFolder = "bin/python";
  const std::size_t at = path.rfind(kFolder);
  if (at == std::string::npos || (at > 0 && path[at - 1] != '/')) return false;
  return path.find_first_not_of("0123456789.t", at + kFolder.size()) == std::string::npos;
}

Listing collect(const std::string& path) {
  Collector collector;
  const Tree tree = walk_tree(
      path, [&](const std::string& file, std::uint64_t size, const ReadBytes& read) { collector.visit(file, size, read); });
  Listing listing;
  listing.path = path;
  std::error_code unknown;
  listing.root = std::filesystem::canonical(path, unknown).string();
  if (unknown) listing.root = path;
  listing.is_folder = tree.is_folder;
  listing.cut = tree.cut;
  listing.files = tree.files;
  listing.folders = tree.folders;
  collector.hand_over(listing);
  for (const TreeEntry& entry : tree.others) {
    if (entry.kind == TreeKind::link) listing.links.push_back(listed_link(listing.root, entry));
    if (entry.kind == TreeKind::special) listing.skipped.push_back({entry.path, "a " + entry.detail});
    if (entry.kind == TreeKind::unreadable) listing.skipped.push_back({entry.path, entry.detail});
  }
  return listing;
}

}  // namespace m1bench
