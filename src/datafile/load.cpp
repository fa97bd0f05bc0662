// SPDX-License-Identifier: Apache-2.0
#include "datafile/load.hpp"

#include <algorithm>
#include <vector>

#include "datafile/cifar10.hpp"
#include "datafile/gzip.hpp"
#include "datafile/idx.hpp"
#include "m1bench/core/error.hpp"
#include "m1bench/core/text.hpp"

namespace m1bench {
namespace {

constexpr const char* kMnistSource = "http://yann.lecun.com/exdb/mnist/";

std::string path_in(const std::string& directory, const std::string& name) {
  return directory.empty() || directory.ends_with('/') ? directory + name : directory + "/" + name;
}

[[noreturn]] void nothing_there(const std::string& directory, const std::string& set, const std::string& files,
                                const std::string& source) {
  throw Error(ErrorKind::data, "no " + set + " in " + (directory.empty() ? "." : directory) + ": expected " + files +
                                   ", which can be had from " + source);
}

// The one spelling of a file of MNIST that exists, or its usual name if none does.
std::string mnist_path(const std::string& directory, const std::string& stem, const std::string& kind, const FileReader& reader) {
  const std::string usual = path_in(directory, stem + "-" + kind), dotted = path_in(directory, stem + "." + kind);
  for (const std::string& path : {usual, usual + ".gz", dotted, dotted + ".gz"}) {
    if (reader.exists(path)) return path;
  }
  return usual;
}

std::string read_mnist_file(const std::string& path, const FileReader& reader) {
  // A gzip stream can be larger than what it holds, but hardly.
  constexpr std::uint64_t kMaxCompressed = kMaxIdxBytes + kMaxIdxBytes / 8;
  return path.ends_with(".gz") ? gunzip(reader.read(path, kMaxCompressed), kMaxIdxBytes, path) : reader.read(path, kMaxIdxBytes);
}

}  // namespace

Dataset load_mnist(const std::string& directory, Split split, const FileReader& reader) {
  const std::string prefix = split == Split::train ? "train" : "t10k";
  const std::string images = mnist_path(directory, prefix + "-images", "idx3-ubyte", reader);
  const std::string labels = mnist_path(directory, prefix + "-labels", "idx1-ubyte", reader);
  if (!reader.exists(images) || !reader.exists(labels)) {
    nothing_there(directory, "complete MNIST", prefix + "-images-idx3-ubyte and " + prefix + "-labels-idx1-ubyte (or with .gz)",
                  kMnistSource);
  }
  const std::string image_bytes = read_mnist_file(images, reader), label_bytes = read_mnist_file(labels, reader);
  return parse_mnist({images, image_bytes}, {labels, label_bytes});
}

Dataset load_cifar10(const std::string& directory, Split split, const FileReader& reader) {
  const std::vector<std::string> names =
      split == Split::test ? std::vector<std::string>{"test_batch.bin"}
                           : std::vector<std::string>{"data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin",
                                                      "data_batch_4.bin", "data_batch_5.bin"};
  const std::string inner = path_in(directory, "cifar-10-batches-bin");
  const std::string& from = reader.exists(path_in(inner, names.front())) ? inner : directory;
  const auto is_there = [&](const std::string& name) { return reader.exists(path_in(from, name)); };
  if (!std::all_of(names.begin(), names.end(), is_there)) {
    nothing_there(from, "complete CIFAR-10", join_words(names), kCifar10Source);
  }

  Dataset set = empty_cifar10();
  for (const std::string& name : names) {
    const std::string path = path_in(from, name);
    const std::string contents = reader.read(path, kMaxCifar10Bytes);
    append_cifar10({path, contents}, set);
  }
  return set;
}

}  // namespace m1bench
