// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "m1bench/data/dataset.hpp"

namespace m1bench {

// How files are reached, so that loading itself is pure. `read` returns the whole file and throws Error for one that cannot
// be read or has more than `max_bytes`.
struct FileReader {
  std::function<bool(const std::string& path)> exists;
  std::function<std::string(const std::string& path, std::uint64_t max_bytes)> read;
};

enum class Split { train, test };

// MNIST from `directory`: train-images-idx3-ubyte and train-labels-idx1-ubyte, or t10k-..., each also as spelled with a dot
// (train-images.idx3-ubyte) and with .gz. Throws Error(data) with the missing names and their source, or what is wrong.
Dataset load_mnist(const std::string& directory, Split split, const FileReader& reader);

// CIFAR-10's binary version from `directory` or its cifar-10-batches-bin: data_batch_1.bin to data_batch_5.bin, or
// test_batch.bin. About twice the size of the set in memory while it loads. Throws as load_mnist does.
Dataset load_cifar10(const std::string& directory, Split split, const FileReader& reader);

}  // namespace m1bench
