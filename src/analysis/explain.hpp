// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analysis/summary.hpp"
#include "result/model.hpp"

// Why a case takes longer or shorter on a target than on the baseline, from what the run measured and from nothing else. The
// one table of rules is shown by docs/explain.md, and a test compares the two.
namespace m1bench {

enum class ReasonKind {
  anomaly,  // what should not be: told first, whatever the verdict
  cause,    // has a share of the extra time
  note,     // bears on the ratio, but has no share of it
  missing,  // a rule that would apply, were its facts in the run
};

std::string_view name_of(ReasonKind kind);

struct Reason {
  std::string code;  // of a row of the table
  ReasonKind kind = ReasonKind::note;
  std::optional<double> share;  // of the time beyond the baseline's (below it, of a faster target), 0 to 1; causes alone
  std::string message;          // with its figures
  std::string settle;           // a command that tells more; "" if there is nothing to add
};

// How a ratio comes apart where the target's slice also ran natively: the product of the two is the target's.
struct Parting {
  std::string native;          // the slice run natively
  double slice_log = 0;        // of its time over the baseline's
  double translation_log = 0;  // of the target's time over its
};

enum class Explained {
  told,     // causes and what is left unexplained
  same,     // nothing to explain
  unsure,   // the interval holds "no difference": nothing to explain yet
  nothing,  // no ratio
};

std::string_view name_of(Explained state);

struct TargetExplanation {
  std::string target;
  Explained state = Explained::nothing;
  Outcome outcome = Outcome::unmeasured;  // why there is no ratio, if not measured
  std::optional<Estimate> ratio;
  std::optional<Verdict> verdict;
  std::optional<Parting> parting;
  std::vector<Reason> reasons;        // anomalies, causes by their share, notes, what is missing
  std::optional<double> unexplained;  // share of the time beyond the baseline's; with `told` alone
};

struct CaseExplanation {
  std::string name;
  bool is_bound = false;
  std::vector<TargetExplanation> targets;
};

// What a target can reach at all, beside the baseline.
struct TargetCeilings {
  std::string target;
  std::vector<std::pair<std::string, Estimate>> bounds;  // the ratio of each bound case
  std::string instructions;  // "4 f32 at once without fused multiply-add, the baseline 16 with it"; "" for unknown slices
  std::optional<double> one_number_limit;  // what working on one f32 at a time could cost at most; translated targets
};

struct Explanation {
  std::string baseline;
  std::vector<TargetCeilings> targets;  // in the run's order
  std::vector<CaseExplanation> cases;
};

struct PairFacts;

// What a rule says of one case on one target: nothing, a reason, or which facts it lacks.
struct RuleAnswer {
  std::optional<double> share;
  std::string message;
  std::string settle;
  bool missing = false;
};
using RuleAnswers = std::vector<RuleAnswer>;

struct ExplainRule {
  std::string_view code;  // stable; what programs look for
  ReasonKind kind;
  std::string_view meaning;                                       // a clause that stands for the code in a legend
  std::string_view needs;                                         // the facts it looks at
  std::string_view when;                                          // predicate and threshold
  std::string_view reason;                                        // why that threshold
  std::string_view settle;                                        // what to do where facts are missing
  RuleAnswers (*find)(const PairFacts& facts, double explained);  // explained: share that earlier rows account for
};

std::span<const ExplainRule> explain_rules();

// Which cases (patterns; none: all) and which target ("": all) to tell of. The facts are taken from the whole run.
struct ExplainChoice {
  std::vector<std::string> patterns;
  std::string target;
};

// Throws Error(usage) for a run of `ab`, whose targets are two builds, and where the run has nothing that was chosen. Cases
// times targets, and for each a walk over the cases.
Explanation explain(const Run& run, const ExplainChoice& choice = {});

}  // namespace m1bench
