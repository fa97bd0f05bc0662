// SPDX-License-Identifier: Apache-2.0
#include "result/run_json.hpp"

#include <cstdint>
#include <nlohmann/json.hpp>

#include "result/json_fields.hpp"
#include "result/json_guard.hpp"
#include "result/validate.hpp"

namespace m1bench {
namespace {

using Json = nlohmann::json;
using OrderedJson = nlohmann::ordered_json;

// The full catalogue with four targets and 40 blocks of 6 slots is 120 000 numbers in 3 MB.
constexpr JsonLimits kLimits{.bytes = 64 << 20, .values = 4'000'000};

void check_version(const Json& document) {
  const auto version = document.is_object() ? document.find("schema_version") : document.end();
  if (!document.is_object() || version == document.end() || !version->is_number_unsigned()) {
    throw Error(ErrorKind::data, "is not a run file of m1bench: it has no schema_version");
  }
  const auto number = version->get<std::uint64_t>();
  if (number == static_cast<std::uint64_t>(kSchemaVersion)) return;
  const bool newer = number > static_cast<std::uint64_t>(kSchemaVersion);
  throw Error(ErrorKind::data, "has schema version " + std::to_string(number) + ", and this m1bench reads version " +
                                   std::to_string(kSchemaVersion) + (newer ? "; read it with a newer m1bench" : ""));
}

Run read_document(std::string_view text) {
  JsonGuard<Json>::check(text, kLimits);
  const Json document = Json::parse(text);
  check_version(document);
  Run run;
  FieldReader<Json>(document).read(run);
  validate(run);
  return run;
}

}  // namespace

std::string to_json(const Run& run) {
  const OrderedJson document = FieldWriter<OrderedJson>::write(run);
  // A translator's chatter need not be UTF-8, and a run is not lost over it.
  return document.dump(2, ' ', false, OrderedJson::error_handler_t::replace) + "\n";
}

Run run_from_json(std::string_view text) {
  try {
    return read_document(text);
  } catch (const Error& error) {
    const std::string what = error.what();
    const bool remedied = what.find("; ") != std::string::npos;
    throw Error(error.kind(), what + (remedied ? "" : "; give the file as m1bench wrote it, or measure again"));
  }
}

}  // namespace m1bench
