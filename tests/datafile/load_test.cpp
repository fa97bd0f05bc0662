// SPDX-License-Identifier: Apache-2.0
#include "datafile/load.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "m1bench/data/synthetic.hpp"
#include "support/data_error.hpp"
#include "support/hex.hpp"

namespace m1bench {
namespace {

using Files = std::map<std::string, std::string>;

FileReader reader_of(const Files& files) {
  return {.exists = [&files](const std::string& path) { return files.contains(path); },
          .read =
              [&files](const std::string& path, std::uint64_t max_bytes) {
                if (files.at(path).size() > max_bytes) throw Error(ErrorKind::data, path + " is too large");
                return files.at(path);
              }};
}

// Two images all of whose pixels are 5, labelled 7 and 2.
const std::string kImages = from_hex("00000803000000020000001c0000001c") + std::string(1568, '\5');
const std::string kLabels = from_hex("00000801000000020702");
const std::string kImagesGz =
    from_hex("1f8b08000000000002036360e0606660606002621910661d05a360148c8251300ab000000e407a0b30060000");
const std::string kLabelsGz = from_hex("1f8b08000000000002036360e0606460606062670200f25bd3340a000000");

TEST(LoadMnist, AcceptsEachSpelling) {
  struct Row {
    std::string name, directory;
    Split split;
    Files files;
  };
  const std::vector<Row> table{
      {"plain", "d", Split::train, {{"d/train-images-idx3-ubyte", kImages}, {"d/train-labels-idx1-ubyte", kLabels}}},
      {"gzip", "d", Split::train, {{"d/train-images-idx3-ubyte.gz", kImagesGz}, {"d/train-labels-idx1-ubyte.gz", kLabelsGz}}},
      {"dots", "d", Split::train, {{"d/train-images.idx3-ubyte", kImages}, {"d/train-labels.idx1-ubyte", kLabels}}},
      {"dots, gzip", "d", Split::train,
       {{"d/train-images.idx3-ubyte.gz", kImagesGz}, {"d/train-labels.idx1-ubyte.gz", kLabelsGz}}},
      {"mixed", "d", Split::train, {{"d/train-images-idx3-ubyte.gz", kImagesGz}, {"d/train-labels.idx1-ubyte", kLabels}}},
      {"test", "d", Split::test, {{"d/t10k-images-idx3-ubyte", kImages}, {"d/t10k-labels-idx1-ubyte", kLabels}}},
      {"slash", "d/", Split::test, {{"d/t10k-images-idx3-ubyte", kImages}, {"d/t10k-labels-idx1-ubyte", kLabels}}},
      {"current directory", "", Split::test, {{"t10k-images-idx3-ubyte", kImages}, {"t10k-labels-idx1-ubyte", kLabels}}},
      {"plain is preferred", "d", Split::train,
       {{"d/train-images-idx3-ubyte", kImages}, {"d/train-images-idx3-ubyte.gz", "?"}, {"d/train-labels-idx1-ubyte", kLabels}}},
  };
  for (const Row& row : table) {
    const Dataset set = load_mnist(row.directory, row.split, reader_of(row.files));
    EXPECT_EQ(set.rows, 2) << row.name;
    EXPECT_EQ(std::count(set.pixels.begin(), set.pixels.end(), 5), 1568) << row.name;
    EXPECT_EQ(set.labels, (std::vector<std::uint8_t>{7, 2})) << row.name;
  }
}

TEST(LoadMnist, SaysWhatIsMissingAndWhereToGetIt) {
  const std::string train = "no complete MNIST in d: expected train-images-idx3-ubyte and train-labels-idx1-ubyte (or with .gz), "
                            "which can be had from http://yann.lecun.com/exdb/mnist/";
  const Files images_only{{"d/train-images-idx3-ubyte", kImages}}, labels_only{{"d/train-labels-idx1-ubyte", kLabels}};
  for (const Files& files : {Files{}, images_only, labels_only}) {
    EXPECT_EQ(data_error_of([&] { load_mnist("d", Split::train, reader_of(files)); }), train);
  }
  const std::string test = data_error_of([] { load_mnist("", Split::test, reader_of({})); });
  EXPECT_NE(test.find("in .: expected t10k-images-idx3-ubyte and t10k-labels"), std::string::npos) << test;
}

TEST(LoadMnist, NamesTheFileThatIsWrong) {
  const Files damaged{{"d/train-images-idx3-ubyte.gz", kImagesGz.substr(0, 30)}, {"d/train-labels-idx1-ubyte", kLabels}};
  EXPECT_EQ(data_error_of([&] { load_mnist("d", Split::train, reader_of(damaged)); }),
            "d/train-images-idx3-ubyte.gz: at byte 30: the gzip stream ends too early; download it again");
  const Files short_labels{{"d/train-images-idx3-ubyte", kImages}, {"d/train-labels.idx1-ubyte", kLabels.substr(0, 9)}};
  const std::string message = data_error_of([&] { load_mnist("d", Split::train, reader_of(short_labels)); });
  EXPECT_TRUE(message.starts_with("d/train-labels.idx1-ubyte: at byte 9: ")) << message;
}

// The rows of a data set in CIFAR-10's own format, cut into files of `records` records.
Files cifar10_files(const Dataset& set, const std::string& directory, std::size_t records) {
  Files files;
  std::string* file = nullptr;
  for (std::size_t row = 0; row < static_cast<std::size_t>(set.rows); ++row) {
    if (row % records == 0) {
      file = &files[directory + "/data_batch_" + std::to_string(row / records + 1) + ".bin"];
      file->reserve(records * 3073);
    }
    *file += static_cast<char>(set.labels[row]);
    const std::uint8_t* pixels = set.pixels.data() + row * 3072;
    for (std::size_t channel = 0; channel < 3; ++channel) {
      for (std::size_t i = 0; i < 1024; ++i) *file += static_cast<char>(pixels[3 * i + channel]);
    }
  }
  return files;
}

TEST(LoadCifar10, ReadsFiveFilesOfTheRealSize) {
  const Dataset set = synthetic_cifar10(50000, 0, 1);
  const Files files = cifar10_files(set, "d/cifar-10-batches-bin", 10000);
  ASSERT_EQ(files.size(), 5u);
  EXPECT_EQ(files.begin()->second.size(), 30'730'000u) << "the size of the real files";
  const Dataset loaded = load_cifar10("d", Split::train, reader_of(files));
  EXPECT_EQ(loaded.sample, set.sample);
  EXPECT_EQ(loaded.rows, 50000);
  EXPECT_EQ(loaded.classes, 10);
  EXPECT_TRUE(loaded.pixels == set.pixels);
  EXPECT_TRUE(loaded.labels == set.labels);
}

TEST(LoadCifar10, AcceptsTheInnerDirectoryItselfAndTheTestSet) {
  const Dataset set = synthetic_cifar10(5, 0, 1);
  Files files = cifar10_files(set, "d", 1);
  files["d/test_batch.bin"] = files.at("d/data_batch_3.bin");
  EXPECT_TRUE(load_cifar10("d", Split::train, reader_of(files)).pixels == set.pixels);
  EXPECT_EQ(load_cifar10("d", Split::test, reader_of(files)).labels, std::vector<std::uint8_t>{set.labels[2]});
}

TEST(LoadCifar10, SaysWhatIsMissingAndWhereToGetIt) {
  const std::string source = ", which can be had from https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz "
                             "(md5 c32a1d4ab5d03f1284b67883e8d87530)";
  const std::string train =
      ": expected data_batch_1.bin, data_batch_2.bin, data_batch_3.bin, data_batch_4.bin and data_batch_5.bin";
  EXPECT_EQ(data_error_of([] { load_cifar10("d", Split::train, reader_of({})); }), "no complete CIFAR-10 in d" + train + source);
  Files files = cifar10_files(synthetic_cifar10(5, 0, 1), "d/cifar-10-batches-bin", 1);
  EXPECT_EQ(data_error_of([&] { load_cifar10("d", Split::test, reader_of(files)); }),
            "no complete CIFAR-10 in d: expected test_batch.bin" + source);
  files.erase("d/cifar-10-batches-bin/data_batch_4.bin");
  EXPECT_EQ(data_error_of([&] { load_cifar10("d", Split::train, reader_of(files)); }),
            "no complete CIFAR-10 in d/cifar-10-batches-bin" + train + source);
}

TEST(LoadCifar10, NamesTheFileThatIsWrong) {
  Files files = cifar10_files(synthetic_cifar10(10, 0, 1), "d", 2);
  files["d/data_batch_4.bin"][3073] = 10;
  const std::string message = data_error_of([&] { load_cifar10("d", Split::train, reader_of(files)); });
  EXPECT_TRUE(message.starts_with("d/data_batch_4.bin: at byte 3073: label 10 ")) << message;
}

}  // namespace
}  // namespace m1bench
