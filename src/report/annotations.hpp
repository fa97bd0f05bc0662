// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "analysis/comparison.hpp"
#include "result/model.hpp"

// What GitHub Actions shows at the head of a job: annotations, made by lines that a step prints.
namespace m1bench {

enum class AnnotationLevel { error, warning };

struct Annotation {
  AnnotationLevel level;
  std::string_view title;
  std::string message;  // may be from a file
};

// The worst first. Of a run: wrong answers and what died; of a comparison: that it was none, wrong answers, what is missing, has
// regressed or is unsure.
std::vector<Annotation> annotations_of(const Run& run);
std::vector<Annotation> annotations_of(const Comparison& comparison);

// GitHub shows so many of each level for a step.
inline constexpr int kMostAnnotations = 10;

// The lines to print, at most kMostAnnotations of each level, the last of which then says how many more there are. Nothing in
// a message can end its line or begin another command.
std::string workflow_commands(const std::vector<Annotation>& annotations);

}  // namespace m1bench
