// SPDX-License-Identifier: Apache-2.0
#include "audit/collect.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <string>

#include "audit/listings.hpp"
#include "m1bench/core/error.hpp"
#include "platform/files.hpp"

namespace m1bench {
namespace {

// A virtual environment of composed headers: arm64's Python outside, and packages of every kind.
class CollectTest : public testing::Test {
 protected:
  void add(const std::string& path, std::string_view bytes) {
    make_directories(parent_directory(at(path)));
    write_file(at(path), std::array{bytes});
  }
  std::string at(const std::string& path) const { return folder_.path() + "/" + path; }
  void link(const std::string& target, const std::string& path) {
    make_directories(parent_directory(at(path)));
    std::filesystem::create_symlink(target, at(path));
  }

 private:
  TemporaryDirectory folder_;
};

TEST_F(CollectTest, AMixedVirtualEnvironment) {
  const std::string site = "venv/" + kSite;
  add("opt/bin/python3.11", mach_o_file(kMachArm64, kMachProgram));
  add("opt/secret.dylib", mach_o_file(kMachI386));
  link("../../opt/bin/python3.11", "venv/bin/python3");
  link("python3", "venv/bin/python");
  link("../../opt", "venv/opt");
  add("venv/pyvenv.cfg", "home = /opt\n");
  add(site + "numpy/_core/_multiarray_umath.so", mach_o_file(kMachX86_64));
  add(site + "numpy-2.0.0.dist-info/WHEEL", "Wheel-Version: 1.0\nTag: cp311-cp311-macosx_10_9_x86_64\n");
  add(site + "numpy-2.0.0.dist-info/RECORD", "numpy/_core/_multiarray_umath.so,sha256=0,1\nnumpy/__init__.py,,\n");
  add(site + "both/both.so", fat_file({kMachX86_64, kMachArm64}, {mach_o_file(kMachX86_64), mach_o_file(kMachArm64)}));
  add(site + "text/readme.txt", "hello\n");
  add(site + "text/empty", "");
  const Listing listing = collect(at("venv"));
  EXPECT_EQ(listing.files, 7u);
  ASSERT_EQ(listing.binaries.size(), 2u);  // nothing from outside
  EXPECT_EQ(listing.binaries[0].path, kSite + "both/both.so");
  EXPECT_EQ(listing.binaries[0].holds.slices.size(), 2u);
  EXPECT_EQ(listing.binaries[0].holds.slices[1].is_signed, true);
  ASSERT_EQ(listing.distributions.size(), 1u);
  EXPECT_EQ(listing.distributions[0].tags, std::vector<std::string>{"cp311-cp311-macosx_10_9_x86_64"});
  const Audit result = audit(listing, {});
  EXPECT_EQ(brief(result), "problem architecture numpy\n");
  EXPECT_EQ(result.pythons.at(0).interpreter.value().architectures, std::vector<std::string>{"arm64"});
  EXPECT_EQ(result.links_out, 2u);
}

TEST_F(CollectTest, LoopsSpecialFilesAndWhatMayNotBeRead) {
  add("tree/a/b/tool", mach_o_file(kMachArm64, kMachProgram));
  link("..", "tree/a/b/up");
  link("loop", "tree/loop");
  link("tree", "itself");
  link("loop", "tree/bin/python3");
  ASSERT_EQ(mkfifo(at("tree/fifo").c_str(), 0600), 0);
  add("tree/secret", "x");
  std::filesystem::permissions(at("tree/secret"), std::filesystem::perms::none);
  const Listing listing = collect(at("itself"));  // the path itself may be a link
  EXPECT_EQ(listing.binaries.size(), 1u);
  EXPECT_EQ(listing.links.size(), 3u);
  ASSERT_FALSE(listing.skipped.empty());
  EXPECT_EQ(listing.skipped[0].path, "fifo");
  EXPECT_EQ(listing.skipped[0].reason, "a fifo");
  if (geteuid() != 0) {  // root may read everything
    ASSERT_EQ(listing.skipped.size(), 2u);
    EXPECT_EQ(listing.skipped[1].reason, "Permission denied");
  }
  EXPECT_THROW(collect(at("tree/fifo")), Error);
  EXPECT_THROW(collect(at("nowhere")), Error);
  EXPECT_THROW(collect(at("tree/loop")), Error);
}

TEST_F(CollectTest, OneFile) {
  add("tool", universal_program());
  const Listing listing = collect(at("tool"));
  EXPECT_FALSE(listing.is_folder);
  ASSERT_EQ(listing.binaries.size(), 1u);
  EXPECT_EQ(listing.binaries[0].path, "tool");
}

}  // namespace
}  // namespace m1bench
