// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "m1bench/core/error.hpp"
#include "result/fields.hpp"

// Turns the fields of fields.hpp into JSON and back. Templates over the JSON library's value type, so that only the two
// bodies *_json.cpp that use them see the library.
namespace m1bench {

// A number is 0 or between these: far beyond anything that is measured, and no quotient of such numbers is infinite.
inline constexpr double kLeastNumber = 1e-24, kMostNumber = 1e24;

template <class T> inline constexpr bool kIsOptional = false;
template <class T> inline constexpr bool kIsOptional<std::optional<T>> = true;
template <class T> inline constexpr bool kIsVector = false;
template <class T> inline constexpr bool kIsVector<std::vector<T>> = true;
template <class T> inline constexpr bool kIsMap = false;
template <class T> inline constexpr bool kIsMap<std::map<std::string, T>> = true;
template <class T>
inline constexpr bool kIsScalar = std::is_arithmetic_v<T> || std::is_same_v<T, std::string>;

template <class Json>
class FieldWriter {
 public:
  template <class T>
  static Json write(const T& value) {
    if constexpr (kIsScalar<T>) {
      return value;
    } else if constexpr (std::is_enum_v<T>) {
      return names_of(value)[static_cast<std::size_t>(value)];
    } else if constexpr (kIsOptional<T>) {
      return value ? write(*value) : Json(nullptr);
    } else if constexpr (kIsVector<T>) {
      Json array = Json::array();
      for (const auto& element : value) array.push_back(write(element));
      return array;
    } else if constexpr (kIsMap<T>) {
      Json object = Json::object();
      for (const auto& [key, element] : value) object[key] = write(element);
      return object;
    } else {
      FieldWriter writer;
      visit_fields(value, writer);
      return std::move(writer.object_);
    }
  }

  template <class T>
  void operator()(const char* key, const T& value) { object_[key] = write(value); }
  template <class T>
  void any(const char* key, const T& value) { (*this)(key, value); }  // the library writes null for what is not finite

 private:
  Json object_ = Json::object();
};

// One value of the document and the way to it, which is spelt out only when something is wrong with it.
template <class Json>
class FieldReader {
 public:
  explicit FieldReader(const Json& root) : value_(root) {}

  template <class T>
  void read(T& out) const {
    if constexpr (std::is_same_v<T, bool>) {
      expect(value_.is_boolean(), "true or false");
      out = value_.template get<bool>();
    } else if constexpr (std::is_same_v<T, double>) {
      expect(value_.is_number(), "a number");
      out = value_.template get<double>();
      if (out < 0) fail("is negative");
      if (!(out <= kMostNumber)) fail("is too large");
      if (out > 0 && out < kLeastNumber) fail("is too small");
    } else if constexpr (std::is_integral_v<T>) {
      read_count(out);
    } else if constexpr (std::is_same_v<T, std::string>) {
      expect(value_.is_string(), "text");
      out = value_.template get_ref<const std::string&>();
    } else if constexpr (std::is_enum_v<T>) {
      read_enum(out);
    } else if constexpr (kIsOptional<T>) {
      if (!value_.is_null()) read(out.emplace());
    } else if constexpr (kIsVector<T>) {
      expect(value_.is_array(), "an array");
      for (const Json& element : value_) FieldReader(element, this, nullptr, out.size()).read(out.emplace_back());
    } else if constexpr (kIsMap<T>) {
      expect(value_.is_object(), "an object");
      for (const auto& [key, element] : value_.items()) FieldReader(element, this, key.c_str(), 0).read(out[key]);
    } else {
      expect(value_.is_object(), "an object");
      visit_fields(out, *this);
    }
  }

  template <class T>
  void operator()(const char* key, T& out) const {
    const auto found = value_.find(key);
    if (found != value_.end()) return FieldReader(*found, this, key, 0).read(out);
    if (!kIsOptional<T>) fail(std::string("has no \"") + key + "\"");
  }

  void any(const char* key, double& out) const {
    const auto found = value_.find(key);
    if (found == value_.end()) fail(std::string("has no \"") + key + "\"");
    out = FieldReader(*found, this, key, 0).any_number();
  }

  void any(const char* key, std::map<std::string, double>& out) const {
    const auto found = value_.find(key);
    if (found == value_.end()) fail(std::string("has no \"") + key + "\"");
    const FieldReader list(*found, this, key, 0);
    list.expect(found->is_object(), "an object");
    for (const auto& [name, element] : found->items()) out[name] = FieldReader(element, &list, name.c_str(), 0).any_number();
  }

  void any(const char* key, std::vector<double>& out) const {
    const auto found = value_.find(key);
    if (found == value_.end()) fail(std::string("has no \"") + key + "\"");
    const FieldReader list(*found, this, key, 0);
    list.expect(found->is_array(), "an array");
    for (const Json& element : *found) out.push_back(FieldReader(element, &list, nullptr, out.size()).any_number());
  }

 private:
  FieldReader(const Json& value, const FieldReader* parent, const char* key, std::size_t index)
      : value_(value), parent_(parent), key_(key), index_(index) {}

  // Null stands for what JSON cannot say; a reader that compares it with a bound must find it beyond.
  double any_number() const {
    if (value_.is_null()) return std::numeric_limits<double>::infinity();
    expect(value_.is_number(), "a number or null");
    return value_.template get<double>();
  }

  template <class T>
  void read_count(T& out) const {
    if (value_.is_number() && value_.template get<double>() < 0) fail("is negative");
    expect(value_.is_number_unsigned(), "a whole number");
    const auto count = value_.template get<std::uint64_t>();
    if (count > static_cast<std::uint64_t>(std::numeric_limits<T>::max())) fail("is too large");
    out = static_cast<T>(count);
  }

  template <class E>
  void read_enum(E& out) const {
    expect(value_.is_string(), "text");
    const std::string& name = value_.template get_ref<const std::string&>();
    constexpr auto kNames = names_of(E{});
    for (std::size_t i = 0; i < kNames.size(); ++i) {
      if (kNames[i] == name) return void(out = static_cast<E>(i));
    }
    fail("has a value this version does not know");
  }

  void expect(bool condition, const char* what) const {
    if (!condition) fail(std::string("is not ") + what);
  }

  std::string place() const {
    if (!parent_) return "";
    if (!key_) return parent_->place() + "[" + std::to_string(index_) + "]";
    // A key may be anybody's text in a map, and as long as the file.
    return parent_->place() + (parent_->parent_ ? "." : "") + std::string(std::string_view(key_).substr(0, 60));
  }

  [[noreturn]] void fail(const std::string& what) const {
    const std::string where = place();
    throw Error(ErrorKind::data, (where.empty() ? "the document" : where) + " " + what);
  }

  const Json& value_;
  const FieldReader* parent_ = nullptr;
  const char* key_ = nullptr;
  std::size_t index_ = 0;
};

}  // namespace m1bench
