// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/exec_options.hpp"
#include "app/history_options.hpp"
#include "app/profile_options.hpp"

namespace m1bench {

// The command line as plain data, checked as far as it can be without looking at the machine.
struct Options {
  std::string command;                 // "all", "run", "tiers" ... as app/commands.cpp knows them
  std::vector<std::string> words;      // the command line itself, for the run file

  // which cases
  std::vector<std::string> patterns;
  std::string set;                     // "core", "full", or "" where patterns say
  bool all_variants = false;
  std::string shard;                   // "2/3", or "" for all of them

  // which targets
  std::vector<std::string> targets;
  std::string baseline;
  std::vector<std::string> translators;
  std::vector<std::string> environment;

  // how
  std::string threads = "1";           // a number or "max"
  std::optional<std::uint64_t> seed;
  bool quick = false;
  bool thorough = false;
  bool control = false;                // a second copy of the baseline takes part
  std::optional<double> time_budget_s; // 0: none
  double case_timeout_s = 120;
  std::string data;
  std::string model;                   // a TensorFlow Lite file for infer/tflite
  bool dry_run = false;
  bool no_lock = false;

  // where to
  std::string out;
  bool force = false;
  std::string dump;
  std::string color = "auto";          // "auto", "always", "never"
  bool json = false;
  bool quiet = false;                  // no progress

  // ab, compare, merge
  std::string base, head;              // installed trees or executables
  std::vector<std::string> files;      // run files or their folders
  bool strict = false;
  std::string unsure = "fail";         // "fail" or "pass": what an unsure result does to the exit code
  bool absolute = false;               // also tell how absolute times changed
                                       // force: compare unlike runs

  // train
  std::optional<int> epochs;
  std::optional<std::uint64_t> steps;
  bool evaluate = false;

  ProfileOptions profile;

  // list, report, explain
  std::string what;                    // "cases", "targets", "formats"
  std::string file;
  std::string format = "terminal";
  std::string report_target;

  // history, and what `compare` learns from one
  HistoryOptions history;
  std::string learn_from;              // a history's file; "": none

  // doctor
  std::vector<std::string> paths;      // folders or files to audit

  ExecOptions exec;

  // tests
  bool fake_measurer = false;
  bool fake_counters = false;          // its workers are counted too
  std::string fake_wrong;              // CASE@TARGET that answers wrongly
  std::vector<std::string> slowdowns;  // [base:|head:][TARGET:]CASE=1.05
};

}  // namespace m1bench
