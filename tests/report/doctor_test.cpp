// SPDX-License-Identifier: Apache-2.0
#include "report/doctor.hpp"

#include <gtest/gtest.h>

#include "analysis/doctor_machines.hpp"
#include "m1bench/core/text.hpp"
#include "report/doctor_json.hpp"
#include "report/utf8.hpp"
#include "support/golden.hpp"

namespace m1bench {
namespace {

std::string report_of(const DoctorFacts& facts, const TerminalStyle& style) {
  return doctor_report(facts, diagnose(facts), style);
}

TEST(DoctorReport, Golden) {
  const std::pair<const char*, const char*> samples[] = {
      {"m1 without Rosetta", "mac"}, {"laptop", "laptop"}, {"server", "server"}};
  for (const auto& [patient, file] : samples) {
    const std::string name = std::string("report_doctor_") + file;
    const DoctorFacts facts = facts_of_patient(patient);
    expect_golden(name + ".txt", report_of(facts, {80, false}));
    expect_golden(name + ".json", doctor_json(facts, diagnose(facts)));
  }
}

TEST(DoctorReport, FitsItsWidth) {
  for (const Patient& patient : patients()) {
    for (int width = 60; width <= 120; width += 5) {
      for (const std::string& line : split(report_of(patient.facts, {width, false}), '\n')) {
        EXPECT_LE(display_width(line), width) << patient.name << ": " << line;
      }
    }
  }
}

TEST(DoctorReport, BreaksWhereItDoesWithoutColour) {
  for (const Patient& patient : patients()) {
    std::string text = report_of(patient.facts, {80, true});
    EXPECT_NE(text.find('\x1b'), std::string::npos) << patient.name;
    for (std::size_t at = text.find('\x1b'); at != std::string::npos; at = text.find('\x1b')) {
      text.erase(at, text.find('m', at) + 1 - at);
    }
    EXPECT_EQ(text, report_of(patient.facts, {80, false})) << patient.name;
  }
}

TEST(DoctorReport, WhatItQuotesReachesNoTerminalAsACommand) {
  DoctorFacts facts = facts_of_patient("server");
  facts.machine.os = "a\x1b[2Jb";
  facts.targets.back().target.cause = "said \x1b[31m";
  facts.slices.front().path = "/opt/\x1b[1m/m1bench";
  EXPECT_EQ(report_of(facts, {80, false}).find('\x1b'), std::string::npos);
}

}  // namespace
}  // namespace m1bench
