// SPDX-License-Identifier: Apache-2.0
#include "platform/tree.hpp"

#include <gtest/gtest.h>

#include <array>
#include <filesystem>
#include <mutex>
#include <set>
#include <stdexcept>
#include <string>

#include "m1bench/core/error.hpp"
#include "platform/files.hpp"

namespace m1bench {
namespace {

void add(const std::string& path, std::string_view bytes) {
  make_directories(parent_directory(path));
  write_file(path, std::array{bytes});
}

TEST(WalkTree, EveryFileOnceFromAnyNumberOfThreads) {
  const TemporaryDirectory folder;
  std::set<std::string> expected;
  for (int i = 0; i < 600; ++i) {  // more than one task holds, in one folder
    expected.insert("many/" + std::to_string(i));
    add(folder.path() + "/many/" + std::to_string(i), "x");
  }
  for (const char* name : {"a/b/c", "a/d", "e"}) {
    expected.insert(name);
    add(folder.path() + "/" + name, "x");
  }
  for (const unsigned threads : {0U, 1U, 3U}) {
    std::mutex mutex;
    std::multiset<std::string> seen;
    const Tree tree = walk_tree(
        folder.path(),
        [&](const std::string& path, std::uint64_t size, const ReadBytes& read) {
          const std::lock_guard lock(mutex);
          EXPECT_EQ(size, 1u);
          EXPECT_EQ(read(0, 10), "x");
          EXPECT_EQ(read(1, 10), "");
          seen.insert(path);
        },
        threads);
    EXPECT_EQ(seen, std::multiset<std::string>(expected.begin(), expected.end())) << threads;
    EXPECT_EQ(tree.files, expected.size());
    EXPECT_EQ(tree.folders, 4u);
    EXPECT_TRUE(tree.others.empty());
  }
}

TEST(WalkTree, LinksAreToldAndNotFollowed) {
  const TemporaryDirectory folder;
  add(folder.path() + "/outside/file", "x");
  make_directories(folder.path() + "/tree");
  std::filesystem::create_symlink("../outside", folder.path() + "/tree/folder");
  std::filesystem::create_symlink("../outside/file", folder.path() + "/tree/file");
  const Tree tree =
      walk_tree(folder.path() + "/tree", [](const std::string& path, std::uint64_t, const ReadBytes&) { FAIL() << path; });
  ASSERT_EQ(tree.others.size(), 2u);
  EXPECT_EQ(tree.others[0].path, "file");
  EXPECT_EQ(tree.others[0].kind, TreeKind::link);
  EXPECT_EQ(tree.others[1].detail, "../outside");
}

TEST(WalkTree, NoDeeperThanAnybodyNeeds) {
  const TemporaryDirectory folder;
  std::string path = folder.path();
  for (int i = 0; i < 210; ++i) path += "/d";
  add(path + "/file", "x");
  const Tree tree = walk_tree(folder.path(), [](const std::string& file, std::uint64_t, const ReadBytes&) { FAIL() << file; });
  ASSERT_EQ(tree.others.size(), 1u);
  EXPECT_EQ(tree.others[0].detail, "more than 200 folders deep");
}

TEST(WalkTree, WhatTheVisitorThrowsArrives) {
  const TemporaryDirectory folder;
  for (int i = 0; i < 50; ++i) add(folder.path() + "/" + std::to_string(i) + "/file", "x");
  const VisitFile refuse = [](const std::string&, std::uint64_t, const ReadBytes&) { throw std::runtime_error("enough"); };
  EXPECT_THROW(walk_tree(folder.path(), refuse), std::runtime_error);
  EXPECT_THROW(walk_tree(folder.path() + "/nowhere", refuse), Error);
  EXPECT_THROW(walk_tree("/dev/null", refuse), Error);
}

TEST(VisitFile, FollowsLinksToRegularFilesAlone) {
  const TemporaryDirectory folder;
  add(folder.path() + "/file", "abc");
  std::filesystem::create_symlink("file", folder.path() + "/link");
  std::string seen;
  const VisitFile read_it = [&](const std::string&, std::uint64_t size, const ReadBytes& read) { seen = read(0, size); };
  EXPECT_TRUE(visit_file(folder.path() + "/link", read_it));
  EXPECT_EQ(seen, "abc");
  EXPECT_FALSE(visit_file("/dev/null", read_it));
  EXPECT_FALSE(visit_file(folder.path() + "/nowhere", read_it));
}

}  // namespace
}  // namespace m1bench
