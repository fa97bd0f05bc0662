// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "result/model.hpp"

namespace m1bench {

// A case on a target whose answer was wrong, or was not always the same.
struct WrongAnswer {
  std::string case_name, target;
  std::string cause, remedy;
};

// All that a run's own record holds against it, one row for a case on a target: an answer that verification found wrong or a
// block found changed, and what nobody has said so far because the file was changed or the session did not notice: inputs
// that differ from the baseline's, and a block that computed something else than what was verified. In the order of the run's
// cases and targets. Linear in the size of the run, but for a logarithm.
std::vector<WrongAnswer> wrong_answers(const Run& run);

// How the cause of a failure begins in a run file if its answer changed. Reports have a word of their own for it, and leave it out.
inline constexpr std::string_view kWrongAnswer = "wrong answer: ";
bool is_wrong_answer(const Failure& failure);

}  // namespace m1bench
