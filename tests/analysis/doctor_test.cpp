// SPDX-License-Identifier: Apache-2.0
#include "analysis/doctor.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "analysis/doctor_machines.hpp"
#include "analysis/warnings.hpp"
#include "m1bench/core/text.hpp"

namespace m1bench {
namespace {

std::vector<std::string> codes_of(const std::vector<Diagnosis>& found) {
  std::vector<std::string> codes;
  for (const Diagnosis& one : found) codes.push_back(one.code);
  return codes;
}

Diagnosis diagnosis_of(const std::string& patient, const std::string& code) {
  for (const Diagnosis& one : diagnose(facts_of_patient(patient))) {
    if (one.code == code) return one;
  }
  return {Severity::note, "not found", "", "", ""};
}

TEST(Doctor, FindsInEachMachineWhatIsWrongWithIt) {
  for (const Patient& patient : patients()) EXPECT_EQ(codes_of(diagnose(patient.facts)), patient.codes) << patient.name;
}

TEST(Doctor, EachCheckFindsSomethingSomewhere) {
  std::set<std::string> found;
  for (const Patient& patient : patients()) {
    for (const Diagnosis& one : diagnose(patient.facts)) found.insert(one.code);
  }
  for (const DoctorCheck& check : doctor_checks()) EXPECT_TRUE(found.contains(std::string(check.code))) << check.code;
}

TEST(Doctor, EachDiagnosisIsASentenceWithARemedy) {
  for (const Patient& patient : patients()) {
    for (const Diagnosis& one : diagnose(patient.facts)) {
      SCOPED_TRACE(std::string(patient.name) + ": " + one.code);
      EXPECT_GT(one.message.size(), 15u);
      EXPECT_NE(one.message.back(), '.');
      EXPECT_FALSE(one.remedy.empty());
    }
  }
}

TEST(Doctor, WorstFirst) {
  const auto checks = doctor_checks();
  EXPECT_TRUE(std::is_sorted(checks.begin(), checks.end(),
                             [](const DoctorCheck& one, const DoctorCheck& other) { return one.severity < other.severity; }));
  std::set<std::string_view> codes;
  for (const DoctorCheck& check : checks) EXPECT_TRUE(codes.insert(check.code).second) << check.code;
}

TEST(Doctor, WhatARunWarnsOfTooHasItsRemedy) {
  for (const DoctorCheck& check : doctor_checks()) {
    const auto kinds = warning_kinds();
    const bool shared = std::any_of(kinds.begin(), kinds.end(), [&](const WarningKind& kind) { return kind.code == check.code; });
    EXPECT_EQ(shared, check.remedy.empty()) << check.code;
  }
  EXPECT_EQ(diagnosis_of("throttled", "battery").remedy, "plug it in");
}

TEST(Doctor, RosettaThatIsMissing) {
  const std::string install = "softwareupdate --install-rosetta --agree-to-license";
  const Diagnosis missing = diagnosis_of("m1 without Rosetta", "no-rosetta");
  EXPECT_EQ(missing.severity, Severity::problem);
  EXPECT_EQ(missing.remedy, install);
  EXPECT_NE(missing.message.find("the upgrade to macOS 27 removes it"), std::string::npos);
  EXPECT_EQ(diagnosis_of("m1 after Rosetta", "no-rosetta").remedy, "measure on a Mac with macOS 27 or earlier");
}

TEST(Doctor, RosettaThatWillBeMissing) {
  EXPECT_NE(diagnosis_of("m1", "rosetta-ends").message.find("macOS 27 removes"), std::string::npos);
  const Diagnosis last = diagnosis_of("m1 with the last Rosetta", "rosetta-ends");
  EXPECT_NE(last.message.find("macOS 28"), std::string::npos);
  EXPECT_EQ(last.remedy, "measure what you want to know before you upgrade");
}

TEST(Doctor, TheDriverOfAMacSaysThatItsBaselineIsNative) {
  EXPECT_NE(diagnosis_of("started translated", "translated-driver").message.find("native workers stay native"),
            std::string::npos);
  EXPECT_EQ(diagnosis_of("under qemu", "translated-driver").message.find("stay native"), std::string::npos);
}

TEST(Doctor, ATargetsRemedyIsItsOwn) {
  const Diagnosis broken = diagnosis_of("broken Rosetta slice", "target-broken");
  EXPECT_EQ(broken.target, "x86_64-v2/rosetta2");
  EXPECT_EQ(broken.remedy, "sign it");
  EXPECT_EQ(diagnosis_of("laptop", "no-translator").remedy, "apt install qemu-user");
}

}  // namespace
}  // namespace m1bench
