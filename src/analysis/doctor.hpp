// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "result/model.hpp"

// What is wrong with a machine before anything is measured on it: pure, so that any machine can be made up for a test.
namespace m1bench {

struct DoctorSlice {
  std::string name;                 // one that an installation on this system should have
  std::optional<std::string> path;  // nothing: it has not
};

struct DoctorTarget {
  Target target;
  bool tried = false;  // its slice and its translator are there, so that a worker was started; `available`: and said hello
};

struct DoctorFacts {
  Tool tool;
  Machine machine;              // `before` is now
  std::optional<int> macos;     // 15 of macOS 15.6; nothing on another system
  std::optional<bool> rosetta;  // of a Mac with Apple silicon: does it run x86_64 programs
  std::vector<DoctorSlice> slices;
  std::vector<DoctorTarget> targets;  // those that a machine of this kind could have
  std::optional<int> measuring;       // another m1bench that measures now: its pid, 0 where that is unknown
  std::string lock_trouble;           // why the lock could not even be looked at; "" if it could
};

enum class Severity {
  problem,  // m1bench cannot do its work
  warning,  // it can, and the numbers would be worse for it
  note,     // worth knowing
};
std::string_view name_of(Severity severity);

struct Diagnosis {
  Severity severity = Severity::note;
  std::string code, target;  // target: what it concerns; "" for the whole machine
  std::string message, remedy;
};

// What a row of the table finds. A remedy here takes the place of the row's.
struct Symptom {
  std::string message;
  std::string remedy, target;
};
using Symptoms = std::vector<Symptom>;

struct DoctorCheck {
  std::string_view code;  // stable; that of a run's warning (docs/warnings.md) where it is about the same thing
  Severity severity;
  std::string_view remedy;  // "": that of the warning with this code
  Symptoms (*find)(const DoctorFacts& facts);
};

// Problems first, then warnings, then notes.
std::span<const DoctorCheck> doctor_checks();

// All that the table finds, in its order.
std::vector<Diagnosis> diagnose(const DoctorFacts& facts);

}  // namespace m1bench
