// SPDX-License-Identifier: Apache-2.0
// Cases whose loop is one optimiser step. They differ in where the batches come from and where the step has its temporaries.
#include <algorithm>
#include <array>

#include "bench/families.hpp"
#include "bench/training.hpp"
#include "m1bench/core/check.hpp"
#include "m1bench/core/error.hpp"
#include "m1bench/data/batch_source.hpp"
#include "m1bench/tensor/fill.hpp"

namespace m1bench {
namespace {

// Small enough to be made in a moment under a slow translator; all verified steps see rows of their own.
constexpr std::int64_t kRows = 1024;

// Batches that wait ready: enough to bridge a step that the scheduler interrupted, and no more than a few hundred kilobytes.
constexpr std::size_t kAhead = 4;

struct Feed {
  bool shuffled = false;
  bool prefetched = false;
};

class TrainingCase final : public Workload {
 public:
  TrainingCase(const CaseSpec& spec, const WorkloadOptions& options, Feed feed, Temporaries temporaries)
      : network_(*network_trained_by(spec.name)),
        rows_(network_, options, kRows),
        training_(network_, options.seed, *options.parallel),
        order_{.rows = rows_.view().rows, .batch = network_.batch, .seed = options.seed, .shuffled = feed.shuffled},
        prefetched_(feed.prefetched),
        counts_memory_(temporaries != Temporaries::kept) {
    if (feed.prefetched) {
      source_ = std::make_unique<PrefetchedBatches>(rows_.view(), order_, kAhead, options.on_thread_start);
    } else {
      source_ = std::make_unique<DirectBatches>(rows_.view(), order_);
    }
    if (counts_memory_) training_.layers().place_temporaries(temporaries, std::min(order_.rows, order_.batch));
  }

  void reset() override {
    training_.reset();
    source_->restart();
    taken_ = 0;
  }

  void loop() override {
    const StepResult result = training_.step(next_batch());
    if (taken_ < kVerifiedSteps) losses_[taken_++] = result.loss;
  }

  std::vector<OperationInfo> operations() const override {
    const std::int64_t rows = std::min(order_.rows, order_.batch);
    const auto elements = static_cast<double>(rows * network_.sample.elements());
    // What another thread has fetched is only waited for.
    const double bytes = prefetched_ ? 0 : rows_.view().pixels.empty() ? 2 * sizeof(float) : 1 + sizeof(float);
    std::vector<OperationInfo> list{{.name = "batch", .kind = "batch", .pass = Pass::input, .cost = {.bytes = elements * bytes}}};
    for (OperationInfo& operation : training_.operations(rows)) list.push_back(std::move(operation));
    return list;
  }
  void observe(OperationObserver* observer) override {
    observer_ = observer;
    training_.layers().observe(observer, 1);
  }

  // The rows of the verified steps, targets, and the parameters as they are now: call it after a reset.
  std::vector<NamedArray> inputs() override {
    const std::vector<std::int32_t> epoch = epoch_order(order_.rows, order_.seed, 0, order_.shuffled);
    const auto rows = std::min<std::size_t>(epoch.size(), kVerifiedSteps * static_cast<std::size_t>(network_.batch));
    gather(rows_.view(), std::span(epoch).first(rows), inputs_);
    check_batches();
    std::vector<NamedArray> arrays{{"x", view_of(inputs_.x)}};
    if (rows_.view().classes > 0) {
      arrays.push_back({"y", {DType::i64, Shape{static_cast<std::int64_t>(rows)}, std::as_bytes(std::span(inputs_.labels))}});
    } else {
      arrays.push_back({"y", view_of(inputs_.targets)});
    }
    int index = 0;
    for (const Parameter* parameter : training_.layers().parameters()) {
      arrays.push_back({"param_" + std::to_string(index++), view_of(parameter->value)});
    }
    return arrays;
  }

  NamedArray answer() override {
    return {"losses", {DType::f64, Shape{static_cast<std::int64_t>(taken_)}, std::as_bytes(std::span(losses_).first(taken_))}};
  }

  std::optional<std::uint64_t> allocated_bytes() const override {
    return counts_memory_ ? std::optional(training_.layers().allocated_bytes()) : std::nullopt;
  }

  std::uint64_t output_checksum() override {
    check(taken_ > 0, "a step was taken");
    return checksum(std::as_bytes(std::span(losses_).first(1)));
  }

 private:
  const Batch& next_batch() {
    const ObservedOperation observed(observer_, 0);
    return source_->next();
  }

  // Whatever way batches take, they must be `inputs_` bit for bit: a pipeline that is fast because it delivers something else
  // would otherwise show only as other losses.
  void check_batches() {
    source_->restart();
    const auto width = inputs_.x.size() / static_cast<std::size_t>(inputs_.rows);
    for (std::int64_t row = 0; row < inputs_.rows;) {
      const Batch& batch = source_->next();
      const auto first = static_cast<std::size_t>(row), count = static_cast<std::size_t>(batch.rows);
      const bool fits = row + batch.rows <= inputs_.rows;
      const auto same = [&](auto whole, auto part, std::size_t of_row) {
        return part.empty() || std::ranges::equal(whole.subspan(first * of_row, count * of_row), part);
      };
      if (!fits || !same(inputs_.x.span(), batch.x.span(), width) ||
          !same(std::span(inputs_.labels), std::span(batch.labels), 1) || !same(inputs_.targets.span(), batch.targets.span(), 1)) {
        const std::string where = std::to_string(row);
        throw Error(ErrorKind::internal, "the batch that begins with row " + where + " is not what its data set holds");
      }
      row += batch.rows;
    }
    source_->restart();
  }

  const Network& network_;
  TrainingRows rows_;
  Training training_;
  BatchOrder order_;
  OperationObserver* observer_ = nullptr;
  bool prefetched_;
  bool counts_memory_;
  std::unique_ptr<BatchSource> source_;
  Batch inputs_;
  std::array<double, kVerifiedSteps> losses_{};
  std::uint64_t taken_ = 0;
};

}  // namespace

std::unique_ptr<Workload> make_training(const CaseSpec& spec, const WorkloadOptions& options) {
  return std::make_unique<TrainingCase>(spec, options, Feed{}, Temporaries::kept);
}

std::unique_ptr<Workload> make_pipeline(const CaseSpec& spec, const WorkloadOptions& options) {
  const std::string feed = text_parameter(spec, "feed");
  const bool prefetched = feed == "cached-prefetch";
  check(prefetched || feed == "naive", "a known pipeline");
  return std::make_unique<TrainingCase>(spec, options, Feed{.shuffled = true, .prefetched = prefetched}, Temporaries::kept);
}

std::unique_ptr<Workload> make_memory(const CaseSpec& spec, const WorkloadOptions& options) {
  const std::string temporaries = text_parameter(spec, "temporaries");
  const bool arena = temporaries == "arena";
  check(arena || temporaries == "fresh", "a known way to have temporaries");
  return std::make_unique<TrainingCase>(spec, options, Feed{}, arena ? Temporaries::arena : Temporaries::fresh);
}

}  // namespace m1bench
