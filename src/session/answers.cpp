// SPDX-License-Identifier: Apache-2.0
#include "session/answers.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "m1bench/core/error.hpp"
#include "m1bench/core/text.hpp"
#include "m1bench/tensor/array.hpp"
#include "platform/files.hpp"

namespace m1bench {
namespace {

// No case's output comes near this; a worker that claims more is lying.
constexpr std::uint64_t kMostElements = std::uint64_t{1} << 28;

std::string read_exactly(const std::string& path, std::uint64_t elements, std::size_t element_bytes) {
  if (elements > kMostElements) throw Error(ErrorKind::data, "a worker claims an answer of " + std::to_string(elements) + " elements");
  std::string bytes = read_file(path, elements * element_bytes);
  if (bytes.size() != elements * element_bytes) {
    throw Error(ErrorKind::data, "a worker wrote " + std::to_string(bytes.size()) + " bytes where " + std::to_string(elements * element_bytes) + " were expected");
  }
  return bytes;
}

}  // namespace

Reference read_reference(const std::string& path, std::uint64_t elements) {
  const std::string bytes = read_exactly(path, elements, sizeof(double) + sizeof(float));
  Reference reference{std::vector<double>(elements), std::vector<float>(elements)};
  std::memcpy(reference.values.data(), bytes.data(), elements * sizeof(double));
  std::memcpy(reference.bounds.data(), bytes.data() + elements * sizeof(double), elements * sizeof(float));
  return reference;
}

std::string read_answer(const std::string& path, const Reply& reply) {
  const auto dtype = dtype_named(reply.dtype);
  if (!dtype) throw Error(ErrorKind::data, "a worker wrote an answer of the unknown type '" + reply.dtype + "'");
  return read_exactly(path, reply.elements, size_of(*dtype));
}

Reference reference_of_losses(std::span<const double> losses) {
  Reference reference;
  for (const double loss : losses) {
    reference.values.push_back(loss);
    reference.bounds.push_back(static_cast<float>(kLossTolerance * std::abs(loss)));
  }
  return reference;
}

std::vector<double> as_doubles(const std::string& bytes) {
  std::vector<double> values(bytes.size() / sizeof(double));
  std::memcpy(values.data(), bytes.data(), values.size() * sizeof(double));
  return values;
}

void judge_answer(const Reference& reference, const Answer& answer, const Case& item, Verification& check) {
  ArrayView array;
  array.dtype = dtype_named(answer.dtype).value_or(DType::f32);
  array.bytes = std::as_bytes(std::span(answer.bytes));
  Reference expected = reference;
  const bool training = answers_with_losses(item);
  if (training) {
    const std::size_t steps = std::min(expected.values.size(), answer.bytes.size() / sizeof(double));
    expected.values.resize(std::max<std::size_t>(1, steps));
    expected.bounds.resize(expected.values.size());
  }
  const Deviation deviation = compare(array, expected);
  check.worst_error = std::abs(deviation.got - deviation.want);
  check.worst_bound = deviation.bound;
  if (deviation.elements > 0 && deviation.same_size) {
    check.zero_share = static_cast<double>(deviation.zeros) / static_cast<double>(deviation.elements);
  }
  if (deviation.ok()) {
    check.status = CheckStatus::right;
    return;
  }
  check.status = CheckStatus::wrong;
  if (!deviation.same_size) {
    check.cause = "its answer has another size than the reference";
    return;
  }
  check.cause = std::string(training ? "loss of step " : "element ") + std::to_string(deviation.worst + (training ? 1 : 0)) + " is " +
                format_significant(deviation.got, 9) + ", should be " + format_significant(deviation.want, 9) + " within " +
                format_significant(deviation.bound, 2) + " (" + std::to_string(deviation.wrong) + " of " +
                std::to_string(deviation.elements) + " wrong)";
  check.remedy = "do not trust times from this target; report it to the maker of the translator";
}

}  // namespace m1bench
