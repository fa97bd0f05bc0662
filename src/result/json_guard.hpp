// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "m1bench/core/error.hpp"

namespace m1bench {

struct JsonLimits {
  std::size_t bytes;
  std::size_t values;  // scalars, arrays and objects together; bounds the memory of the parsed document
  std::size_t depth = 32;
};

// A first pass over text from anywhere, in constant memory per value, before any document is built from it: refuses what is
// not JSON, what exceeds the limits, and a key that stands twice in one object (of which the library would silently keep one).
// Throws Error(data). The remedy is the caller's to add.
template <class Json>
class JsonGuard {
 public:
  static void check(std::string_view text, const JsonLimits& limits) {
    if (text.size() > limits.bytes) throw Error(ErrorKind::data, "is larger than " + std::to_string(limits.bytes >> 10) + " KiB");
    JsonGuard guard(limits);
    Json::sax_parse(text, &guard);
  }

  bool null() { return count(); }
  bool boolean(bool) { return count(); }
  bool number_integer(typename Json::number_integer_t) { return count(); }
  bool number_unsigned(typename Json::number_unsigned_t) { return count(); }
  bool number_float(typename Json::number_float_t, const std::string&) { return count(); }
  bool string(std::string&) { return count(); }
  bool binary(typename Json::binary_t&) { return count(); }
  bool start_object(std::size_t) {
    keys_.emplace_back();
    return enter();
  }
  bool key(std::string& name) {
    if (!keys_.back().insert(name).second) fail("has the key \"" + name.substr(0, 60) + "\" twice in one object");
    return true;
  }
  bool end_object() {
    keys_.pop_back();
    return leave();
  }
  bool start_array(std::size_t) { return enter(); }
  bool end_array() { return leave(); }
  bool parse_error(std::size_t position, const std::string&, const typename Json::exception&) {
    fail("is not JSON from byte " + std::to_string(position) + " on");
  }

 private:
  explicit JsonGuard(const JsonLimits& limits) : limits_(limits) {}
  [[noreturn]] static void fail(const std::string& what) { throw Error(ErrorKind::data, what); }

  bool count() {
    if (++values_ > limits_.values) fail("holds more than " + std::to_string(limits_.values) + " values");
    return true;
  }
  bool enter() {
    if (++depth_ > limits_.depth) fail("is nested deeper than " + std::to_string(limits_.depth) + " levels");
    return count();
  }
  bool leave() {
    --depth_;
    return true;
  }

  JsonLimits limits_;
  std::size_t values_ = 0, depth_ = 0;
  std::vector<std::set<std::string>> keys_;
};

}  // namespace m1bench
