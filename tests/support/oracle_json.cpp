// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <nlohmann/json.hpp>

#include "m1bench/core/error.hpp"
#include "platform/files.hpp"
#include "support/oracle.hpp"

namespace m1bench {
namespace {

using Json = nlohmann::json;

[[noreturn]] void refuse(const std::string& why) {
  throw Error(ErrorKind::data, why + ": make it anew with scripts/make_golden.py");
}

void expect_keys(const Json& object, std::initializer_list<std::string_view> known, const std::string& what) {
  if (!object.is_object()) refuse(what + " is no object");
  for (const auto& [key, value] : object.items()) {
    if (std::ranges::find(known, key) == known.end()) refuse(what + " has an unknown field '" + key + "'");
  }
}

template <class T>
T field(const Json& object, const char* key, const std::string& what) {
  try {
    return object.at(key).get<T>();
  } catch (const Json::exception&) {
    refuse(what + " has no '" + key + "' of the right type");
  }
}

Shape shape_of(const std::vector<std::int64_t>& extents, const std::string& what) {
  for (const std::int64_t extent : extents) {
    if (extent < 1 || extent > 1 << 20) refuse(what + " has an extent of " + std::to_string(extent));
  }
  switch (extents.size()) {
    case 0:
      return {};
    case 1:
      return {extents[0]};
    case 2:
      return {extents[0], extents[1]};
    case 3:
      return {extents[0], extents[1], extents[2]};
    case 4:
      return {extents[0], extents[1], extents[2], extents[3]};
    default:
      refuse(what + " has more than four axes");
  }
}

OracleArray array_of(const Json& object, const std::string& what) {
  expect_keys(object, {"shape", "values"}, what);
  OracleArray array{shape_of(field<std::vector<std::int64_t>>(object, "shape", what), what), {}};
  if (!object.contains("values") || !object["values"].is_array()) refuse(what + " has no list of values");
  for (const Json& value : object["values"]) {
    if (!value.is_number()) refuse(what + " holds something other than numbers");
    array.values.push_back(value.get<double>());
  }
  if (array.values.size() != static_cast<std::size_t>(array.shape.elements())) {
    refuse(what + " is " + array.shape.to_string() + " but has " + std::to_string(array.values.size()) + " values");
  }
  return array;
}

OracleCase case_of(const Json& object) {
  OracleCase item;
  expect_keys(object, {"name", "kind", "arrays", "seed", "input_checksum"}, "a case");
  item.name = field<std::string>(object, "name", "a case");
  item.kind = field<std::string>(object, "kind", item.name);
  if (item.kind == "curve") {
    item.seed = field<std::uint64_t>(object, "seed", item.name);
    item.input_checksum = field<std::string>(object, "input_checksum", item.name);
  }
  for (const auto& [key, value] : field<Json::object_t>(object, "arrays", item.name)) {
    item.arrays.emplace(key, array_of(value, item.name + "/" + key));
  }
  return item;
}

}  // namespace

std::vector<OracleCase> parse_oracle(std::string_view text) {
  const Json document = Json::parse(text, nullptr, false);
  if (document.is_discarded()) refuse("this is not JSON");
  expect_keys(document, {"made_by", "versions", "cases"}, "the document");
  field<std::string>(document, "made_by", "the document");
  if (field<std::map<std::string, std::string>>(document, "versions", "the document").empty()) refuse("no versions are named");
  std::vector<OracleCase> cases;
  for (const Json& item : field<Json::array_t>(document, "cases", "the document")) {
    cases.push_back(case_of(item));
    const auto same = [&](const OracleCase& other) { return other.name == cases.back().name; };
    if (std::ranges::count_if(cases, same) > 1) refuse("there are two cases " + cases.back().name);
  }
  return cases;
}

std::vector<OracleCase> oracle_cases(const std::string& oracle) {
  constexpr std::uint64_t kMostBytes = 1 << 20;
  return parse_oracle(read_file(std::string(M1BENCH_TEST_DATA) + "/golden/" + oracle + ".json", kMostBytes));
}

const OracleCase& oracle_case(const std::vector<OracleCase>& cases, const std::string& name) {
  const auto found = std::ranges::find(cases, name, &OracleCase::name);
  if (found == cases.end()) refuse("there is no case " + name);
  return *found;
}

const OracleArray& OracleCase::array(const std::string& key) const {
  const auto found = arrays.find(key);
  if (found == arrays.end()) refuse(name + " has no array '" + key + "'");
  return found->second;
}

double OracleCase::number(const std::string& key) const {
  const OracleArray& scalar = array(key);
  if (scalar.shape != Shape{}) refuse(name + "/" + key + " is no single number");
  return scalar.values[0];
}

Tensor<float> OracleCase::tensor(const std::string& key) const {
  const OracleArray& source = array(key);
  Tensor<float> result(source.shape);
  for (std::size_t i = 0; i < source.values.size(); ++i) {
    result[i] = static_cast<float>(source.values[i]);
    if (static_cast<double>(result[i]) != source.values[i]) refuse(name + "/" + key + " is not exact in single precision");
  }
  return result;
}

std::vector<std::int64_t> OracleCase::labels(const std::string& key) const {
  const OracleArray& source = array(key);
  std::vector<std::int64_t> result;
  for (const double value : source.values) {
    if (value != std::floor(value) || value < 0 || value > 1e6) refuse(name + "/" + key + " has a label that is none");
    result.push_back(static_cast<std::int64_t>(value));
  }
  return result;
}

}  // namespace m1bench
