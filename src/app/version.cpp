// SPDX-License-Identifier: Apache-2.0
#include "app/version.hpp"

#include <vector>

#include "launch/slices.hpp"
#include "m1bench/core/text.hpp"
#include "platform/build_info.hpp"
#include "platform/files.hpp"

namespace m1bench {

std::string version_text() {
  const BuildInfo& build = build_info();
  std::string text = "m1bench " + build.version + " (";
  if (!build.commit.empty()) text += "commit " + build.commit.substr(0, 12) + (build.dirty ? " with changes" : "") + ", ";
  text += "build " + build.build_id + ", " + build.compiler + ", " + build.build_type + ")\nslices: ";
  std::vector<std::string> slices;
  for (const SliceFile& file : find_slices(own_executable())) slices.push_back(file.slice);
  return text + (slices.empty() ? "none found beside this program" : join(slices, ", "));
}

}  // namespace m1bench
