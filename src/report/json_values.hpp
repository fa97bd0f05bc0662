// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fmt/format.h>

#include <cstdlib>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "result/model.hpp"

// What the documents for programs are made of.
namespace m1bench {

using Json = nlohmann::ordered_json;

// Nine digits are beyond any measurement, and the same whichever libm took the logarithms.
inline double nine_digits(double value) { return std::strtod(fmt::format("{:.9g}", value).c_str(), nullptr); }

inline Json or_null(const std::optional<double>& value) { return value ? Json(nine_digits(*value)) : Json(nullptr); }

template <class T, class Function>
Json array_of(const std::vector<T>& items, Function to) {
  Json array = Json::array();
  for (const T& item : items) array.push_back(to(item));
  return array;
}

inline Json warning_json(const Warning& warning) {
  return {{"code", warning.code},
          {"case", warning.case_name.empty() ? Json(nullptr) : Json(warning.case_name)},
          {"target", warning.target.empty() ? Json(nullptr) : Json(warning.target)},
          {"message", warning.message},
          {"remedy", warning.remedy}};
}

// Names and causes need not be UTF-8; a document is.
inline std::string text_of(const Json& document) { return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n"; }

}  // namespace m1bench
