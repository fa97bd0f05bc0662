// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace m1bench {

enum class AuditSeverity { note, problem };  // a problem: something that cannot work

struct AuditFinding {
  AuditSeverity severity = AuditSeverity::note;
  std::string code;       // "architecture", for programs that read it
  std::string subject;    // the package, the app or the folder that it is about
  std::string cause;      // a sentence
  std::string remedy;     // what to do about it, or ""
  std::size_t files = 0;  // how many files it is about; `first` is the first of them by path, "" if none is
  std::string first;
};

// Files that share what is to be said of them: how many, and the first as an example.
template <class File>
struct Group {
  std::size_t files = 0;
  const File* first = nullptr;
  void add(const File& file) {
    if (files++ == 0) first = &file;
  }
};
template <class File>
using Groups = std::map<std::string, Group<File>>;

}  // namespace m1bench
