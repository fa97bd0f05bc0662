// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string_view>

#include "audit/python.hpp"

namespace m1bench {
namespace {

std::string parent(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? "" : path.substr(0, slash);
}
std::string last(const std::string& path) { return path.substr(path.rfind('/') + 1); }

// A path, split where Python keeps modules: ".../venv/lib/python3.11", "site-packages", "numpy/core/x.so".
struct Place {
  std::string home;
  std::string_view kind;
  std::string module;
};

// `bare`: folders with a .dist-info in them, which hold packages whatever they are called (pip install --target).
std::optional<Place> place_of(const std::string& path, const std::set<std::string>& bare) {
  constexpr std::array<std::string_view, 3> kFolders{"/site-packages/", "/dist-packages/", "/lib-dynload/"};
  for (const std::string_view folder : kFolders) {
    const std::size_t at = path.find(folder);
    if (at != std::string::npos) return Place{path.substr(0, at), folder, path.substr(at + folder.size())};
  }
  for (std::string folder = parent(path); !folder.empty(); folder = parent(folder)) {
    if (bare.contains(folder)) return Place{folder, "", path.substr(folder.size() + 1)};
  }
  return std::nullopt;
}

// ".../venv" of ".../venv/lib/python3.11"; itself where that is not how it lies.
std::string prefix_of(const std::string& home) {
  const std::string folder = last(parent(home));
  return folder == "lib" || folder == "lib64" ? parent(parent(home)) : home;
}

struct Candidate {
  AuditedProgram program;
  std::optional<Code> code;
  std::string broken;
};

std::vector<std::string> names_of(const ExecutableFile& file) {
  std::vector<std::string> names;
  for (const ExecutableSlice& slice : file.slices) names.push_back(slice.arch);
  return names;
}

// Every bin/python* by its absolute path.
std::map<std::string, Candidate> candidates_in(const Listing& listing) {
  std::map<std::string, Candidate> found;
  for (const ListedFile& file : listing.binaries) {
    if (names_interpreter(file.path)) {
      found[listing.root + "/" + file.path] = {{file.path, "", names_of(file.holds)}, code_of(file.holds), ""};
    }
  }
  for (const ListedLink& link : listing.links) {
    if (!names_interpreter(link.path)) continue;
    Candidate candidate{{link.path, link.target, {}}, std::nullopt, link.dangles ? link.target : ""};
    if (link.holds && !link.holds->slices.empty()) {
      candidate.program.architectures = names_of(*link.holds);
      candidate.code = code_of(*link.holds);
    }
    found[listing.root + "/" + link.path] = candidate;
  }
  return found;
}

// bin/python3.11 for lib/python3.11, shown as bin/python3 where that is the same; else whichever there is.
const Candidate* interpreter_of(const std::map<std::string, Candidate>& candidates, const std::string& prefix,
                                const std::string& library) {
  const auto named = [&](const std::string& name) {
    const auto found = candidates.find(prefix + "/bin/" + name);
    return found == candidates.end() ? nullptr : &found->second;
  };
  const Candidate* exact = library.starts_with("python") ? named(library) : nullptr;
  const Candidate* usual = named("python3");
  if (exact && usual && exact->program.architectures == usual->program.architectures) return usual;
  for (const Candidate* one : {exact, usual, named("python")}) {
    if (one) return one;
  }
  const std::string any = prefix + "/bin/python";
  const auto next = candidates.lower_bound(any);
  return next != candidates.end() && next->first.starts_with(any) ? &next->second : nullptr;
}

std::string below_root(const std::string& path, const std::string& root) {
  if (path == root) return "";
  return path.starts_with(root + "/") ? path.substr(root.size() + 1) : path;
}

// Whose RECORD names a file, by its absolute path.
std::map<std::string, const Distribution*> recorded_in(const Listing& listing) {
  std::map<std::string, const Distribution*> owners;
  for (const Distribution& distribution : listing.distributions) {
    const std::string packages = parent(listing.root + "/" + distribution.folder);
    for (const std::string& native : distribution.natives) owners[packages + "/" + native] = &distribution;
  }
  return owners;
}

// "numpy" of "numpy/core/x.so", "_cffi_backend" of "_cffi_backend.cpython-311-darwin.so".
std::string package_of(const Place& place, const Distribution* wheel) {
  if (wheel) return wheel->name;
  if (place.kind == "/lib-dynload/") return "the standard library";
  const std::size_t slash = place.module.find('/');
  return place.module.substr(0, slash != std::string::npos ? slash : place.module.find('.'));
}

}  // namespace

std::vector<Python> pythons_in(const Listing& listing) {
  if (!listing.is_folder) return {};
  const std::map<std::string, Candidate> candidates = candidates_in(listing);
  std::map<std::pair<std::string, std::string>, Python> found;  // by prefix and library
  const auto python_at = [&](const std::string& prefix, const std::string& library) -> Python& {
    return found.try_emplace({prefix, library}).first->second;
  };
  const std::map<std::string, const Distribution*> owners = recorded_in(listing);
  std::set<std::string> bare;
  for (const Distribution& distribution : listing.distributions) bare.insert(parent(listing.root + "/" + distribution.folder));
  for (const ListedFile& file : listing.binaries) {
    const std::string path = listing.root + "/" + file.path;
    const auto place = place_of(path, bare);
    if (!place || file.holds.kind == ExecutableKind::archive || file.holds.kind == ExecutableKind::object) continue;
    const auto owner = owners.find(path);
    const Distribution* wheel = owner == owners.end() ? nullptr : owner->second;
    python_at(prefix_of(place->home), last(place->home)).modules.push_back({&file, package_of(*place, wheel), wheel});
  }
  for (const Distribution& distribution : listing.distributions) {
    const auto place = place_of(listing.root + "/" + distribution.folder, bare);
    if (place) python_at(prefix_of(place->home), last(place->home)).distributions.push_back(&distribution);
  }
  for (const auto& [path, candidate] : candidates) {
    const std::string prefix = parent(parent(path));
    const auto known = found.lower_bound({prefix, ""});
    if (known == found.end() || known->first.first != prefix) python_at(prefix, "");
  }
  std::vector<Python> pythons;
  for (auto& [key, python] : found) {
    python.folder = below_root(key.first, listing.root);
    if (key.second.starts_with("python")) python.library = key.second;
    if (const Candidate* one = interpreter_of(candidates, key.first, key.second)) {
      python.interpreter = one->program;
      python.code = one->code;
      python.broken = one->broken;
    }
    pythons.push_back(std::move(python));
  }
  return pythons;
}

}  // namespace m1bench
