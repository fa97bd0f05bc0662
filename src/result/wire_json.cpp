// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include "result/json_fields.hpp"
#include "result/json_guard.hpp"
#include "result/wire.hpp"

namespace m1bench {
namespace {

using Json = nlohmann::json;

// A profile of the largest model there may be has 4096 operators of seven values, and as many times.
constexpr JsonLimits kLimits{.bytes = kMaxLine, .values = 50'000, .depth = 8};

template <class T>
std::string encode_fields(const T& message) {
  return FieldWriter<nlohmann::ordered_json>::write(message).dump(-1, ' ', false, Json::error_handler_t::replace);
}

template <class T>
T decode_fields(std::string_view line, const char* what) {
  try {
    JsonGuard<Json>::check(line, kLimits);
    T message;
    const Json document = Json::parse(line);
    FieldReader<Json>(document).read(message);
    return message;
  } catch (const Error& error) {
    throw Error(ErrorKind::data, std::string(what) + ": " + error.what());
  }
}

}  // namespace

std::string encode(const Request& request) { return encode_fields(request); }
std::string encode(const Reply& reply) { return encode_fields(reply); }
Request decode_request(std::string_view line) { return decode_fields<Request>(line, "not a request"); }
Reply decode_reply(std::string_view line) { return decode_fields<Reply>(line, "not a reply of a worker"); }

}  // namespace m1bench
