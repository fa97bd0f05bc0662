// SPDX-License-Identifier: Apache-2.0
#include "result/case_json.hpp"

#include <nlohmann/json.hpp>

namespace m1bench {

std::string case_json(const Case& item, const std::string& target, const std::string& input_checksum,
                      std::span<const std::string> arrays) {
  const nlohmann::ordered_json document{
      {"case", item.name},       {"target", target},         {"family", item.family},
      {"dtype", item.dtype},     {"variant", item.variant},  {"seed", item.seed},
      {"threads", item.threads}, {"parameters", item.parameters}, {"input_checksum", input_checksum},
      {"arrays", std::vector<std::string>(arrays.begin(), arrays.end())}};
  return document.dump(2) + "\n";
}

}  // namespace m1bench
