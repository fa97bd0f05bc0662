// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>

#include "m1bench/core/error.hpp"
#include "result/wire.hpp"

namespace {

// The message, if `line` holds one; anything but Error(data) for one that does not is a failure.
template <class Message>
std::optional<Message> decoded(Message (*decode)(std::string_view), std::string_view line) {
  try {
    return decode(line);
  } catch (const m1bench::Error& error) {
    if (error.kind() != m1bench::ErrorKind::data) std::abort();
    return std::nullopt;
  }
}

}  // namespace

// Whatever is accepted must be sent as a line that reads back as the same message.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view line(reinterpret_cast<const char*>(data), size);
  if (const auto request = decoded(m1bench::decode_request, line)) {
    if (m1bench::decode_request(m1bench::encode(*request)) != *request) std::abort();
  }
  if (const auto reply = decoded(m1bench::decode_reply, line)) {
    const std::string text = m1bench::encode(*reply);
    if (m1bench::encode(m1bench::decode_reply(text)) != text) std::abort();
  }
  return 0;
}
