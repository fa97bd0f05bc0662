// SPDX-License-Identifier: Apache-2.0
#include "app/real_data.hpp"

#include <string_view>

#include "bench/networks.hpp"
#include "datafile/load.hpp"
#include "m1bench/core/error.hpp"
#include "m1bench/data/packed.hpp"
#include "platform/files.hpp"

namespace m1bench {
namespace {

std::string unpack(const std::string& directory, std::string_view data_set, Split split, const std::string& scratch) {
  const FileReader reader{file_exists, [](const std::string& path, std::uint64_t max_bytes) { return read_file(path, max_bytes); }};
  const Dataset data = data_set == "mnist" ? load_mnist(directory, split, reader) : load_cifar10(directory, split, reader);
  const std::string path = scratch + "/" + std::string(data_set) + (split == Split::train ? "-train" : "-test");
  const std::string header = packed_header(data.view());
  write_file(path, packed_pieces(header, data.view()));
  return path;
}

}  // namespace

RealData unpack_real_data(const std::string& directory, const std::vector<Case>& cases, const std::string& scratch) {
  RealData real;
  if (directory.empty()) return real;
  if (!is_directory(directory)) throw Error(ErrorKind::usage, "--data: there is no folder " + directory);
  std::map<std::string_view, std::pair<std::string, std::string>> unpacked;
  for (const Case& item : cases) {
    const Network* network = network_trained_by(item.name);
    if (!network || network->data_set.empty()) continue;
    const std::string_view data_set = network->data_set;
    if (!unpacked.count(data_set)) {
      unpacked[data_set] = {unpack(directory, data_set, Split::train, scratch), unpack(directory, data_set, Split::test, scratch)};
    }
    real.training[item.name] = unpacked[data_set].first;
    real.evaluation[item.name] = unpacked[data_set].second;
  }
  return real;
}

}  // namespace m1bench
