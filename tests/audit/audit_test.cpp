// SPDX-License-Identifier: Apache-2.0
#include "audit/audit.hpp"

#include <gtest/gtest.h>

#include <string>

#include "audit/listings.hpp"

namespace m1bench {
namespace {

const AuditHost kAnywhere{};
const AuditHost kIntel{false, 13}, kSonoma{true, 14}, kSequoia{true, 15};

bool holds(const std::string& text, const std::string& fragment) { return text.find(fragment) != std::string::npos; }

Distribution installed(const std::string& name, const std::string& tag, std::vector<std::string> natives = {}) {
  Distribution distribution = distribution_of(kSite + name + ".dist-info");
  distribution.tags = {tag};
  distribution.natives = std::move(natives);
  return distribution;
}

TEST(Audit, AModuleThatThePythonCannotLoad) {
  const Listing listing =
      listing_of({program_of("bin/python3", kMachArm64), module_of("numpy/_core/_multiarray_umath.so", kMachX86_64),
                  module_of("numpy/linalg/_umath_linalg.so", kMachX86_64), module_of("numpy/random/good.so", kMachArm64),
                  module_of("yaml/_yaml.so", kMachArm64)},
                 {installed("numpy-2.0.0", "cp311-cp311-macosx_10_9_x86_64",
                            {"numpy/_core/_multiarray_umath.so", "numpy/linalg/_umath_linalg.so"})});
  const Audit result = audit(listing, kAnywhere);
  ASSERT_EQ(brief(result), "problem architecture numpy\n");
  const AuditFinding& finding = result.findings.front();
  EXPECT_EQ(finding.cause,
            "python3 runs arm64; lib/python3.11/site-packages/numpy/_core/_multiarray_umath.so holds x86_64 only: import will "
            "fail with "
            "'incompatible architecture' (its wheel: cp311-cp311-macosx_10_9_x86_64)");
  EXPECT_TRUE(holds(finding.remedy, "bin/python3 -m pip install --force-reinstall --no-cache-dir numpy")) << finding.remedy;
  EXPECT_EQ(finding.files, 2u);
  EXPECT_EQ(finding.first, kSite + "numpy/_core/_multiarray_umath.so");
  EXPECT_TRUE(result.problem());
  EXPECT_EQ(result.by_content, (std::map<std::string, std::size_t>{{"Mach-O arm64", 3}, {"Mach-O x86_64", 2}}));
}

// What each mix in a Python comes to.
TEST(Audit, Mixes) {
  const auto python = [](std::uint32_t type) { return program_of("bin/python3.11", type); };
  const ListedFile universal = listed("bin/python3", universal_program()), elf_python = listed("bin/python3", elf_head(62, 2));
  const std::string tagged = kSite + "yaml/_yaml.cpython-311-";
  const struct {
    const char* name;
    Listing listing;
    AuditHost host;
    const char* brief;
  } rows[] = {
      {"all arm64", listing_of({python(kMachArm64), module_of("a/a.so", kMachArm64)}), kAnywhere, ""},
      {"all x86_64", listing_of({python(kMachX86_64), module_of("a/a.so", kMachX86_64)}), kAnywhere,
       "note rosetta bin/python3.11\n"},
      {"all x86_64 on an Intel Mac", listing_of({python(kMachX86_64), module_of("a/a.so", kMachX86_64)}), kIntel, ""},
      {"arm64e loads arm64",
       listing_of({listed("bin/python3", MachO{kMachArm64, 2, kMachProgram, {MachO{}.signature()}}.file()),
                   module_of("a/a.so", kMachArm64)}),
       kAnywhere, ""},
      {"a universal Python, an x86_64 module", listing_of({universal, module_of("a/a.so", kMachX86_64)}), kAnywhere,
       "problem architecture a\n"},
      {"the same on an Intel Mac", listing_of({universal, module_of("a/a.so", kMachX86_64)}), kIntel, ""},
      {"an arm64 module there", listing_of({universal, module_of("a/a.so", kMachArm64)}), kIntel, "problem architecture a\n"},
      {"Linux's module in a Mac's Python", listing_of({python(kMachArm64), listed(kSite + "a/a.so", elf_head(183, 3))}),
       kAnywhere, "problem architecture a\n"},
      {"a Mac's module in Linux's Python", listing_of({elf_python, module_of("a/a.so", kMachX86_64)}), kAnywhere,
       "problem architecture a\n"},
      {"arm64 in x86_64 on Linux", listing_of({elf_python, listed(kSite + "a/a.so", elf_head(183, 3))}), kAnywhere,
       "problem architecture a\n"},
      {"named for another platform", listing_of({python(kMachArm64), listed(kSite + "a/attach_linux_amd64.so", elf_head(62, 3))}),
       kAnywhere, "note other-platform a\n"},
      {"a module of Python for another platform",
       listing_of({python(kMachArm64), listed(tagged + "x86_64-linux-gnu.so", elf_head(62, 3))}), kAnywhere,
       "problem architecture yaml\n"},
      {"the same beside the right one",
       listing_of({python(kMachArm64), listed(tagged + "x86_64-linux-gnu.so", elf_head(62, 3)),
                   listed(tagged + "darwin.so", mach_o_file(kMachArm64))}),
       kAnywhere, ""},
      {"a damaged module", listing_of({python(kMachArm64), listed(kSite + "a/a.so", mach_o_file(kMachArm64).substr(0, 40))}),
       kAnywhere, "problem damaged a\n"},
      {"a program of another architecture is a process of its own",
       listing_of({python(kMachArm64), program_of(kSite + "a/tool", kMachX86_64)}), kAnywhere, ""},
      {"a Python of 32 bits", listing_of({python(kMachI386)}), kAnywhere, "problem too-old bin/python3.11\n"},
      {"the standard library",
       listing_of({python(kMachArm64), listed("lib/python3.11/lib-dynload/_ssl.so", mach_o_file(kMachX86_64))}), kAnywhere,
       "problem architecture the standard library\n"},
      {"no Python: held to each other",
       listing_of({module_of("a/a.so", kMachArm64), module_of("b/b.so", kMachArm64), module_of("c/c.so", kMachX86_64)}),
       kAnywhere, "problem architecture c\n"},
      {"no Python, all alike", listing_of({module_of("a/a.so", kMachX86_64), module_of("b/b.so", kMachX86_64)}), kAnywhere, ""},
      {"no code at all", listing_of({}), kAnywhere, ""},
  };
  for (const auto& row : rows) EXPECT_EQ(brief(audit(row.listing, row.host)), row.brief) << row.name;
}

TEST(Audit, TheInterpreterThatALinkLeadsTo) {
  Listing listing = listing_of({module_of("a/a.so", kMachX86_64)});
  listing.links = {{"bin/python", "python3", read_executable(mach_o_file(kMachArm64)), false},
                   {"bin/python3", "/opt/homebrew/bin/python3.11", read_executable(mach_o_file(kMachArm64)), false},
                   {"lib64", "lib", std::nullopt, false}};
  const Audit result = audit(listing, kAnywhere);
  EXPECT_EQ(brief(result), "problem architecture a\n");
  ASSERT_EQ(result.pythons.size(), 1u);
  EXPECT_EQ(result.pythons[0].interpreter.value().path, "bin/python3");
  EXPECT_EQ(result.pythons[0].interpreter.value().leads_to, "/opt/homebrew/bin/python3.11");
  EXPECT_EQ(result.pythons[0].interpreter.value().architectures, std::vector<std::string>{"arm64"});
  EXPECT_EQ(result.links_out, 1u);

  listing.links = {{"bin/python3", "/gone", std::nullopt, true}};
  EXPECT_EQ(brief(audit(listing, kAnywhere)), "problem interpreter bin/python3\n");
}

TEST(Audit, TwoPythonsInOneFolder) {
  const Listing listing = listing_of({program_of("one/bin/python3", kMachArm64), program_of("two/bin/python3", kMachX86_64),
                                      listed("one/" + kSite + "a/a.so", mach_o_file(kMachX86_64)),
                                      listed("two/" + kSite + "b/b.so", mach_o_file(kMachX86_64))});
  const Audit result = audit(listing, kAnywhere);
  EXPECT_EQ(brief(result), "problem architecture a\nnote rosetta two/bin/python3\n");
  ASSERT_EQ(result.pythons.size(), 2u);
  EXPECT_EQ(result.pythons[1].folder, "two");
}

TEST(Audit, WheelTagsAgainstWhatIsInside) {
  const struct {
    const char* name;
    const char* tag;
    ListedFile file;
    const char* brief;
  } rows[] = {
      {"as promised", "cp311-cp311-macosx_11_0_arm64", module_of("a/a.so", kMachArm64), ""},
      {"universal2, thin files", "cp311-cp311-macosx_11_0_universal2", module_of("a/a.so", kMachArm64), ""},
      {"another architecture", "cp311-cp311-macosx_11_0_arm64", module_of("a/a.so", kMachX86_64), "problem wheel-tag a\n"},
      {"another system", "cp311-cp311-macosx_11_0_arm64", listed(kSite + "a/a.so", elf_head(183, 3)), "problem wheel-tag a\n"},
      {"a file for another system by its name", "cp311-cp311-macosx_11_0_arm64", listed(kSite + "a/a_linux.so", elf_head(183, 3)),
       ""},
      {"any", "py3-none-any", module_of("a/a.so", kMachX86_64), ""},
  };
  for (const auto& row : rows) {
    const std::string inside = row.file.path.substr(kSite.size());
    EXPECT_EQ(brief(audit(listing_of({row.file}, {installed("a-1.0", row.tag, {inside})}), kAnywhere)), row.brief) << row.name;
  }
}

TEST(Audit, TensorFlowThatNeedsAvx) {
  const std::string x86_64 = "cp311-cp311-macosx_10_15_x86_64", arm64 = "cp311-cp311-macosx_12_0_arm64",
                    linux = "cp311-cp311-manylinux_2_17_x86_64";
  const std::string rosetta = "note rosetta bin/python3\n";
  const struct {
    const char* name;
    std::uint32_t python;
    std::string distribution, tag;
    AuditHost host;
    std::string brief;
  } rows[] = {
      {"x86_64, nobody knows where", kMachX86_64, "tensorflow-2.12.0", x86_64, kAnywhere,
       "problem tensorflow-avx tensorflow\n" + rosetta},
      {"before macOS 15", kMachX86_64, "tensorflow_cpu-2.12.0", x86_64, kSonoma,
       "problem tensorflow-avx tensorflow_cpu\n" + rosetta},
      {"from macOS 15 on", kMachX86_64, "tensorflow-2.12.0", x86_64, kSequoia, rosetta + "note tensorflow-avx tensorflow\n"},
      {"on an Intel Mac", kMachX86_64, "tensorflow-2.12.0", x86_64, kIntel, ""},
      {"arm64", kMachArm64, "tensorflow_macos-2.12.0", arm64, kSonoma, ""},
      {"Linux's", kMachX86_64, "tensorflow-2.12.0", linux, kSonoma, rosetta},
      {"in an arm64 Python, where its import fails first", kMachArm64, "tensorflow-2.12.0", x86_64, kSonoma, ""},
      {"something else", kMachX86_64, "tensorflow_estimator-2.12.0", x86_64, kSonoma, rosetta},
  };
  for (const auto& row : rows) {
    const Listing listing = listing_of({program_of("bin/python3", row.python)}, {installed(row.distribution, row.tag)});
    EXPECT_EQ(brief(audit(listing, row.host)), row.brief) << row.name;
  }
}

TEST(Audit, AppsAndLooseFiles) {
  const std::string inside = "X.app/Contents/";
  const ListedFile app = program_of(inside + "MacOS/X", kMachArm64), helper = program_of(inside + "MacOS/Helper", kMachX86_64);
  const std::string unsigned_code = MachO{kMachArm64, 0, kMachProgram}.file();
  const struct {
    const char* name;
    Listing listing;
    const char* brief;
  } rows[] = {
      {"an app", listing_of({app, listed(inside + "Frameworks/a.dylib", mach_o_file(kMachArm64))}), ""},
      {"a library of another architecture",
       listing_of({app, helper, listed(inside + "Frameworks/a.dylib", mach_o_file(kMachX86_64))}),
       "problem architecture X.app\n"},
      {"for Intel", listing_of({program_of(inside + "MacOS/X", kMachX86_64)}), "note rosetta X.app\n"},
      {"for PowerPC", listing_of({program_of("old/tool", kMachPowerPc)}), "problem too-old old\n"},
      {"unsigned arm64", listing_of({listed("new/tool", unsigned_code)}), "problem unsigned new\n"},
      {"unsigned x86_64 needs no signature", listing_of({listed("tool", MachO{kMachX86_64, 3}.file())}), ""},
      {"damaged", listing_of({listed("a/b/c/tool", fat_head({}))}), "note damaged a/b\n"},
  };
  for (const auto& row : rows) EXPECT_EQ(brief(audit(row.listing, kAnywhere)), row.brief) << row.name;

  Listing file = listing_of({program_of("tool", kMachX86_64)});
  file.is_folder = false;
  EXPECT_EQ(brief(audit(file, kAnywhere)), "note rosetta tool\n");
  file.binaries = {listed("tool", fat_head({}))};
  EXPECT_EQ(brief(audit(file, kAnywhere)), "problem damaged .\n");
}

TEST(Audit, TheHostFromItsFacts) {
  EXPECT_EQ(audit_host("macOS 15.6.1 (24G90)", "arm64").macos, 15);
  EXPECT_EQ(audit_host("macOS 15.6.1 (24G90)", "arm64").apple_silicon, true);
  EXPECT_EQ(audit_host("macOS 13.7", "x86_64").apple_silicon, false);
  EXPECT_FALSE(audit_host("macOS ", "arm64").macos.has_value());
  EXPECT_FALSE(audit_host("Debian GNU/Linux 12", "arm64").apple_silicon.has_value());
}

}  // namespace
}  // namespace m1bench
