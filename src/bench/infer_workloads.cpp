// SPDX-License-Identifier: Apache-2.0
// Cases whose loop is one run of a model on one image. One thread, whatever the team: that is how a latency is told.
#include "bench/families.hpp"
#include "m1bench/core/error.hpp"
#include "m1bench/graph/packed_graph.hpp"
#include "m1bench/graph/reference.hpp"
#include "m1bench/graph/runner.hpp"
#include "m1bench/tensor/fill.hpp"

namespace m1bench {
namespace {

// Of f32 uniform in [0, 1), as images are, in steps of 2^-24, which are exact; of anything else every byte.
void fill_image(DType dtype, std::span<std::byte> x, std::uint64_t seed) {
  if (dtype != DType::f32) return fill_uniform(std::span(reinterpret_cast<std::int8_t*>(x.data()), x.size()), seed, 0);
  const std::span pixels(reinterpret_cast<float*>(x.data()), x.size() / sizeof(float));
  constexpr float kHalf = 0.5f;
  fill_uniform(pixels, seed, 0, kHalf);
  for (float& pixel : pixels) pixel += kHalf;
}

class Inference final : public Workload {
 public:
  Inference(std::span<const std::byte> model, std::uint64_t seed)
      : model_(model), graph_(view_packed_graph(model)), runner_(graph_) {
    fill_image(tensor(graph_.input).dtype, runner_.input(), seed);
  }
  void loop() override { runner_.run(); }
  std::vector<OperationInfo> operations() const override { return runner_.operations(); }
  void observe(OperationObserver* observer) override { runner_.observe(observer); }
  // The model as it is packed: with every constant, attribute and scale.
  std::vector<NamedArray> inputs() override {
    const GraphTensor& x = tensor(graph_.input);
    const Shape size{static_cast<std::int64_t>(model_.size())};
    return {{"x", {x.dtype, x.shape, runner_.input()}}, {"model", {DType::u8, size, model_}}};
  }
  NamedArray answer() override {
    const GraphTensor& y = tensor(graph_.output);
    return {"y", {y.dtype, y.shape, runner_.output()}};
  }
  std::optional<Reference> reference() override { return reference_run(graph_, runner_.input()); }

 private:
  const GraphTensor& tensor(int index) const { return graph_.tensors[static_cast<std::size_t>(index)]; }

  std::span<const std::byte> model_;
  Graph graph_;  // its constants are in `model_`
  GraphRunner runner_;
};

}  // namespace

std::unique_ptr<Workload> make_inference(const CaseSpec& spec, const WorkloadOptions& options) {
  if (options.model.empty()) {
    throw Error(ErrorKind::usage, spec.name + " runs a model and was given none; start it with `m1bench run`");
  }
  return std::make_unique<Inference>(options.model, options.seed);
}

}  // namespace m1bench
