// SPDX-License-Identifier: Apache-2.0
#include "m1bench/data/batches.hpp"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <numeric>

#include "m1bench/core/check.hpp"
#include "m1bench/core/rng.hpp"

namespace m1bench {
namespace {

// The streams of epochs follow this one; no tensor of a case uses them.
constexpr std::uint64_t kOrderStream = 0x4F52'4445'0000'0000;

Shape batch_shape(std::int64_t rows, const Shape& sample) {
  switch (sample.rank()) {
    case 1: return {rows, sample[0]};
    case 2: return {rows, sample[0], sample[1]};
    default: check(sample.rank() == 3, "a sample has one to three axes"); return {rows, sample[0], sample[1], sample[2]};
  }
}

// `shape` with another extent of its first axis.
Shape first_axis(std::int64_t rows, const Shape& shape) {
  switch (shape.rank()) {
    case 2: return {rows, shape[1]};
    case 3: return {rows, shape[1], shape[2]};
    default: check(shape.rank() == 4, "a batch has two to four axes"); return {rows, shape[1], shape[2], shape[3]};
  }
}

void gather_pixels(const DatasetView& data, std::span<const std::int32_t> rows, Batch& batch) {
  const auto width = static_cast<std::size_t>(data.sample.elements());
  float* out = batch.x.data();
  for (const std::int32_t row : rows) {
    const std::uint8_t* pixels = data.pixels.data() + static_cast<std::size_t>(row) * width;
    // A division, not a product with 1/255, which would round differently for some values.
    for (std::size_t i = 0; i < width; ++i) out[i] = static_cast<float>(pixels[i]) / 255.0f;
    out += width;
  }
  batch.labels.resize(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) batch.labels[i] = data.labels[static_cast<std::size_t>(rows[i])];
  batch.targets.resize({0});
}

void gather_features(const DatasetView& data, std::span<const std::int32_t> rows, Batch& batch) {
  const auto width = static_cast<std::size_t>(data.sample.elements());
  batch.targets.resize({static_cast<std::int64_t>(rows.size()), 1});
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto row = static_cast<std::size_t>(rows[i]);
    std::copy_n(data.features.data() + row * width, width, batch.x.data() + i * width);
    batch.targets[i] = data.targets[row];
  }
  batch.labels.clear();
}

}  // namespace

void gather(const DatasetView& data, std::span<const std::int32_t> rows, Batch& batch) {
  for (const std::int32_t row : rows) check(row >= 0 && row < data.rows, "a batch holds rows of its data set");
  batch.rows = static_cast<std::int64_t>(rows.size());
  batch.x.resize(batch_shape(batch.rows, data.sample));
  if (data.classes > 0) {
    gather_pixels(data, rows, batch);
  } else {
    gather_features(data, rows, batch);
  }
}

void gather(const Batch& decoded, std::span<const std::int32_t> rows, Batch& batch) {
  for (const std::int32_t row : rows) check(row >= 0 && row < decoded.rows, "a batch holds rows of its data set");
  batch.rows = static_cast<std::int64_t>(rows.size());
  batch.x.resize(first_axis(batch.rows, decoded.x.shape()));
  batch.labels.resize(decoded.labels.empty() ? 0 : rows.size());
  batch.targets.resize(decoded.targets.size() == 0 ? Shape{0} : Shape{batch.rows, 1});
  const auto width = decoded.rows == 0 ? 0 : decoded.x.size() / static_cast<std::size_t>(decoded.rows);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto row = static_cast<std::size_t>(rows[i]);
    std::copy_n(decoded.x.data() + row * width, width, batch.x.data() + i * width);
    if (!batch.labels.empty()) batch.labels[i] = decoded.labels[row];
    if (batch.targets.size() > 0) batch.targets[i] = decoded.targets[row];
  }
}

std::vector<std::int32_t> epoch_order(std::int64_t rows, std::uint64_t seed, int epoch, bool shuffled) {
  check(rows >= 0 && rows <= std::numeric_limits<std::int32_t>::max(), "row numbers fit in 32 bits");
  std::vector<std::int32_t> order(static_cast<std::size_t>(rows));
  std::iota(order.begin(), order.end(), 0);
  if (shuffled) {
    Rng rng(seed, kOrderStream + static_cast<std::uint64_t>(epoch));
    shuffle(order, rng);
  }
  return order;
}

}  // namespace m1bench
