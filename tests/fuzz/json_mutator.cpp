// SPDX-License-Identifier: Apache-2.0
//
// Changes JSON by its values rather than by its bytes, of which nearly every change would end at the parser. Linked to the
// fuzzers of JSON only; what is not JSON, and some of what is, is left to the fuzzer's own changes.
#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <vector>

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t max_size);

namespace {

using Json = nlohmann::json;
using Random = std::minstd_rand;

std::size_t below(Random& random, std::size_t bound) { return std::uniform_int_distribution<std::size_t>(0, bound - 1)(random); }

void collect(Json& value, std::vector<Json*>& all) {
  all.push_back(&value);
  if (!value.is_structured()) return;
  for (Json& element : value) collect(element, all);
}

Json interesting_number(Random& random) {
  static const std::array<Json, 22> kNumbers{0,    1,    2,          3,          4,          5,      6,     -1,
                                             0.5,  1.05, 1e-9,       1e-6,       5e-324,     1e-300, 1e-24, 1e-12, 1e9, 1e24, 1e300, 1.7e308,
                                             1e17, 100,  2147483647, 4294967296, 1ULL << 53, ~0ULL};
  return kNumbers[below(random, kNumbers.size())];
}

void change_array(Json& array, Random& random) {
  if (array.empty()) return;
  const std::size_t at = below(random, array.size());
  switch (below(random, 4)) {
    case 0:
      array.erase(at);
      break;
    case 1:
      array.push_back(Json(array[at]));
      break;
    case 2:
      std::swap(array[at], array[below(random, array.size())]);
      break;
    default:
      array.get_ref<Json::array_t&>().resize(at);
      break;
  }
}

void change_number(Json& number, Random& random) {
  if (number.is_number_float() && below(random, 2) == 0) {
    number = number.get<double>() * std::uniform_real_distribution<double>(0.5, 2)(random);
  } else {
    number = interesting_number(random);
  }
}

// One value becomes another: one of its own kind that stands elsewhere, or something near it.
void change(Json& document, Random& random) {
  std::vector<Json*> all;
  collect(document, all);
  Json& value = *all[below(random, all.size())];
  if (below(random, 3) == 0) {
    const Json& other = *all[below(random, all.size())];
    if (other.type() == value.type() && !other.is_structured()) value = Json(other);
    if (value.is_null()) value = interesting_number(random);
  } else if (value.is_array()) {
    change_array(value, random);
  } else if (value.is_number()) {
    change_number(value, random);
  } else if (value.is_boolean()) {
    value = !value.get<bool>();
  } else if (value.is_string()) {
    std::string text = value.get<std::string>();
    static const std::array<const char*, 8> kTexts{"", "control:", "base:", "head:", "wrong", "interrupted", "1/2", "\x1b[31m"};
    text = below(random, 2) == 0 ? kTexts[below(random, kTexts.size())] + text : kTexts[below(random, kTexts.size())];
    value = text;
  } else if (value.is_object() && !value.empty() && below(random, 4) == 0) {
    value.erase(std::next(value.begin(), static_cast<std::ptrdiff_t>(below(random, value.size()))));
  }
}

}  // namespace

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t max_size, unsigned seed) {
  Random random(seed);
  Json document = Json::parse(data, data + size, nullptr, false);
  if (document.is_discarded() || below(random, 20) == 0) return LLVMFuzzerMutate(data, size, max_size);
  for (std::size_t changes = 1 + below(random, 4); changes > 0; --changes) change(document, random);
  const std::string text = document.dump(-1, ' ', false, Json::error_handler_t::replace);
  if (text.size() > max_size) return LLVMFuzzerMutate(data, size, max_size);
  std::memcpy(data, text.data(), text.size());
  return text.size();
}
