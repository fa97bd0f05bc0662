// SPDX-License-Identifier: Apache-2.0
#include "analysis/answers.hpp"

#include <map>
#include <string_view>
#include <utility>

namespace m1bench {
namespace {

constexpr const char* kRemedy = "do not trust times from this target; verify it again with `m1bench verify`";

using Key = std::pair<std::string_view, std::string_view>;  // case, target

class Findings {
 public:
  explicit Findings(const Run& run) : run_(run) {
    for (const Verification& check : run.verifications) verified_.emplace(Key(check.case_name, check.target), &check);
    look_at_verifications();
    for (const Failure& failure : run.failures) {
      if (is_wrong_answer(failure)) add(failure.case_name, failure.target, failure.cause.substr(kWrongAnswer.size()), failure.remedy);
    }
    look_at_blocks();
  }

  std::vector<WrongAnswer> in_order() const {
    std::vector<WrongAnswer> all;
    for (const Case& item : run_.cases) {
      for (const Target& target : run_.targets) {
        const auto found = found_.find({item.name, target.name});
        if (found != found_.end()) all.push_back(found->second);
      }
    }
    return all;
  }

 private:
  // The first finding is the one that is told.
  void add(const std::string& case_name, const std::string& target, const std::string& cause, const std::string& remedy) {
    found_.emplace(Key(case_name, target), WrongAnswer{case_name, target, cause, remedy});
  }

  const Verification* verified(const std::string& case_name, const std::string& target) const {
    const auto found = verified_.find({case_name, target});
    return found == verified_.end() ? nullptr : found->second;
  }

  void look_at_verifications() {
    for (const Verification& check : run_.verifications) {
      if (check.status == CheckStatus::wrong) add(check.case_name, check.target, check.cause, check.remedy);
      const Verification* baseline = verified(check.case_name, run_.session.baseline);
      if (!baseline || baseline->input_checksum.empty() || check.input_checksum.empty()) continue;
      if (check.input_checksum == baseline->input_checksum) continue;
      add(check.case_name, check.target,
          "its inputs (" + check.input_checksum + ") are not those of " + baseline->target + " (" + baseline->input_checksum +
              ")",
          kRemedy);
    }
  }

  void look_at_blocks() {
    for (const Block& block : run_.blocks) {
      for (const TargetBlock& entry : block.targets) {
        const Verification* check = verified(block.case_name, entry.target);
        if (!check || check->output_checksum.empty() || entry.checksum.empty() || entry.checksum == check->output_checksum)
          continue;
        add(block.case_name, entry.target,
            "its answer changed from " + check->output_checksum + " (verified) to " + entry.checksum + " in round " +
                std::to_string(block.round),
            kRemedy);
      }
    }
  }

  const Run& run_;
  std::map<Key, const Verification*> verified_;
  std::map<Key, WrongAnswer> found_;
};

}  // namespace

std::vector<WrongAnswer> wrong_answers(const Run& run) { return Findings(run).in_order(); }

bool is_wrong_answer(const Failure& failure) { return failure.cause.starts_with(kWrongAnswer); }

}  // namespace m1bench
