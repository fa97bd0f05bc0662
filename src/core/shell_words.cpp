// SPDX-License-Identifier: Apache-2.0
#include "m1bench/core/shell_words.hpp"

#include <optional>

#include "m1bench/core/error.hpp"

namespace m1bench {
namespace {

constexpr std::string_view kBlanks = " \t\n";
constexpr std::string_view kPlain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_@%+=:,./-";

[[noreturn]] void refuse(std::string_view line, const char* what) {
  throw Error(ErrorKind::usage, "`" + std::string(line) + "` " + what);
}

class Splitter {
 public:
  explicit Splitter(std::string_view line) : line_(line) {}

  std::vector<std::string> split() {
    while (at_ < line_.size()) {
      const char c = line_[at_++];
      if (kBlanks.find(c) != std::string_view::npos) {
        end_word();
      } else if (c == '\'') {
        single_quoted();
      } else if (c == '"') {
        double_quoted();
      } else if (c == '\\') {
        backslash();
      } else {
        word() += c;
      }
    }
    end_word();
    return std::move(words_);
  }

 private:
  // A word begins with its first quote or character, so that '' is an empty word and blanks are none.
  std::string& word() { return word_ ? *word_ : word_.emplace(); }

  void end_word() {
    if (word_) words_.push_back(std::move(*word_));
    word_.reset();
  }

  void single_quoted() {
    const std::size_t end = line_.find('\'', at_);
    if (end == std::string_view::npos) refuse(line_, "has a single quote that is not closed; add the closing quote");
    word() += line_.substr(at_, end - at_);
    at_ = end + 1;
  }

  // A backslash in double quotes is itself unless it stands before one of these (2.2.3).
  void double_quoted() {
    word();
    while (at_ < line_.size() && line_[at_] != '"') {
      if (line_[at_] == '\\' && at_ + 1 < line_.size() &&
          std::string_view("$`\"\\\n").find(line_[at_ + 1]) != std::string_view::npos) {
        if (line_[++at_] == '\n') {
          ++at_;
          continue;
        }
      }
      word() += line_[at_++];
    }
    if (at_ == line_.size()) refuse(line_, "has a double quote that is not closed; add the closing quote");
    ++at_;
  }

  void backslash() {
    if (at_ == line_.size()) refuse(line_, "ends in a backslash that quotes nothing; remove it or write two");
    if (line_[at_] != '\n') word() += line_[at_];  // a backslash before a newline joins the lines
    ++at_;
  }

  std::string_view line_;
  std::size_t at_ = 0;
  std::optional<std::string> word_;
  std::vector<std::string> words_;
};

std::string quoted(std::string_view word) {
  std::string text = "'";
  for (const char c : word) text += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return text + "'";
}

}  // namespace

std::vector<std::string> split_shell_words(std::string_view line) { return Splitter(line).split(); }

std::string quote_shell_word(std::string_view word) {
  // zsh expands a leading `=`.
  const bool plain = !word.empty() && word.front() != '=' && word.find_first_not_of(kPlain) == std::string_view::npos;
  return plain ? std::string(word) : quoted(word);
}

std::string quote_shell_line(std::span<const std::string> words) {
  std::string line;
  for (const std::string& word : words) {
    // A shell would take a first word with `=` in it for an assignment.
    const bool assignment = line.empty() && word.find('=') != std::string::npos;
    line += (line.empty() ? "" : " ") + (assignment ? quoted(word) : quote_shell_word(word));
  }
  return line;
}

}  // namespace m1bench
