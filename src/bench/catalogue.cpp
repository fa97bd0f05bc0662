// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "bench/case_spec.hpp"
#include "bench/networks.hpp"
#include "m1bench/kernels/conv2d.hpp"
#include "m1bench/kernels/peak.hpp"

// Shapes as data: each table below is one family, each row one case, and the functions only spell out what follows from a row.
namespace m1bench {
namespace {

std::string digits(std::int64_t value) { return std::to_string(value); }

struct MatmulRow {
  const char* family;
  const char* dtype;
  std::int64_t m, n, k;
  bool core;
};
// Square sweeps, and the batch-32 products of the CIFAR network, where libraries differ most.
constexpr std::array<MatmulRow, 10> kMatmuls{{
    {"matmul", "f32", 64, 64, 64, true},
    {"matmul", "f32", 256, 256, 256, true},
    {"matmul", "f32", 512, 512, 512, true},
    {"matmul", "f32", 1000, 1000, 1000, true},
    {"matmul", "f32", 1024, 1024, 1024, false},
    {"matmul", "f32", 2048, 2048, 2048, false},
    {"matmul", "f64", 512, 512, 512, false},
    {"matmul", "i8", 1024, 1024, 1024, false},
    {"gemm", "f32", 32, 3000, 3072, true},
    {"gemm", "f32", 32, 1000, 3000, true},
}};
// The default one first.
const std::vector<const char*>& matmul_variants(const MatmulRow& row) {
  static const std::vector<const char*> integer{"packed", "reference"},
      floating{"packed", "eigen", "blas", "blocked", "reference"};
  return row.dtype == std::string("i8") ? integer : floating;
}

struct Conv2dRow {
  const char* shape;
  Conv2dShape conv;
  bool core;
};
constexpr Conv2dShape resnet(std::int64_t n, std::int64_t size, std::int64_t channels) {
  return {.n = n, .h = size, .w = size, .c = channels, .k = channels, .padding = Padding::same};
}
constexpr std::array<Conv2dRow, 9> kConvolutions{{
    {"mnist", {.n = 32, .h = 28, .w = 28, .c = 1, .k = 32}, true},
    {"resnet-56", resnet(1, 56, 64), true},
    {"resnet-28", resnet(1, 28, 128), true},
    {"resnet-14", resnet(1, 14, 256), true},
    {"resnet-7", resnet(1, 7, 512), true},
    {"resnet-56/n8", resnet(8, 56, 64), false},
    {"resnet-28/n8", resnet(8, 28, 128), false},
    {"resnet-14/n8", resnet(8, 14, 256), false},
    {"resnet-7/n8", resnet(8, 7, 512), false},
}};
// The default one first. Winograd's transforms pay where there are channels to spread them over.
const std::vector<const char*>& conv2d_variants(const Conv2dShape& conv) {
  static const std::vector<const char*> all{"direct", "winograd", "reference"}, others{"direct", "reference"};
  return conv.r == 3 && conv.s == 3 && conv.c > 1 ? all : others;
}

struct BandwidthRow {
  const char* family;
  const char* operation;
  std::int64_t reads, writes;  // arrays of kElements
};
constexpr std::int64_t kElements = 1 << 24;
constexpr std::array<BandwidthRow, 6> kBandwidths{{
    {"elementwise", "add-scalar", 1, 1},
    {"elementwise", "mul-scalar", 1, 1},
    {"elementwise", "add", 2, 1},
    {"elementwise", "relu", 1, 1},
    {"elementwise", "exp", 1, 1},
    {"reduce", "sum", 1, 0},
}};

void add_variant(std::vector<CaseSpec>& cases, CaseSpec spec, const char* variant, bool is_default) {
  spec.variant = variant;
  spec.default_variant = is_default;
  spec.core = spec.core && is_default;
  if (!is_default) spec.name += std::string("/") + variant;
  spec.parameters.emplace_back("variant", variant);
  cases.push_back(std::move(spec));
}

void add_matmuls(std::vector<CaseSpec>& cases) {
  for (const MatmulRow& row : kMatmuls) {
    const bool square = row.family == std::string("matmul");
    const std::string shape = square ? digits(row.m) : digits(row.m) + "x" + digits(row.n) + "x" + digits(row.k);
    CaseSpec spec{.name = std::string(row.family) + "/" + row.dtype + "/" + shape, .family = row.family, .dtype = row.dtype, .core = row.core};
    spec.flop = 2.0 * static_cast<double>(row.m) * static_cast<double>(row.n) * static_cast<double>(row.k);
    if (spec.dtype == "i8") spec.rate = Rate::ops;
    spec.parameters = {{"m", digits(row.m)}, {"n", digits(row.n)}, {"k", digits(row.k)}};
    const auto& variants = matmul_variants(row);
    for (const char* variant : variants) add_variant(cases, spec, variant, variant == variants[0]);
  }
}

void add_convolutions(std::vector<CaseSpec>& cases) {
  for (const Conv2dRow& row : kConvolutions) {
    const Conv2dShape& conv = row.conv;
    CaseSpec spec{.name = std::string("conv2d/f32/") + row.shape, .family = "conv2d", .dtype = "f32", .core = row.core, .flop = conv.flop()};
    spec.parameters = {{"n", digits(conv.n)}, {"h", digits(conv.h)}, {"w", digits(conv.w)}, {"c", digits(conv.c)}, {"k", digits(conv.k)},
                       {"r", digits(conv.r)}, {"s", digits(conv.s)}, {"padding", conv.padding == Padding::same ? "same" : "valid"}};
    const auto& variants = conv2d_variants(conv);
    for (const char* variant : variants) add_variant(cases, spec, variant, variant == variants[0]);
  }
}

void add_bandwidths(std::vector<CaseSpec>& cases) {
  for (const BandwidthRow& row : kBandwidths) {
    CaseSpec spec{.name = std::string(row.family) + "/" + row.operation, .family = row.family, .dtype = "f32", .variant = "eigen",
                  .core = true, .rate = Rate::bytes, .flop = static_cast<double>(kElements)};
    spec.bytes = static_cast<double>((row.reads + row.writes) * kElements) * sizeof(float);
    spec.parameters = {{"operation", row.operation}, {"elements", digits(kElements)}};
    cases.push_back(std::move(spec));
  }
  constexpr std::int64_t kRows = 32, kColumns = 1000;
  CaseSpec spec{.name = "softmax/32x1000", .family = "softmax", .dtype = "f32", .variant = "eigen", .core = true, .rate = Rate::bytes};
  spec.bytes = 2.0 * kRows * kColumns * sizeof(float);
  spec.parameters = {{"rows", digits(kRows)}, {"columns", digits(kColumns)}};
  cases.push_back(std::move(spec));
}

void add_training(std::vector<CaseSpec>& cases) {
  for (const Network& network : networks()) {
    CaseSpec spec{.name = network.case_name, .family = "train", .dtype = "f32", .variant = "packed", .core = true, .rate = Rate::samples};
    spec.flop = network.flop_per_step;
    spec.samples = static_cast<double>(network.batch);
    spec.parameters = {{"batch", digits(network.batch)}, {"optimizer", network.optimizer_name}, {"loss", network.loss_name}};
    cases.push_back(std::move(spec));
  }
}

// What a target can reach at all, against which the other cases are set.
struct PeakRow {
  const char* dtype;
  Rate rate;
  bool core;  // as the cases of its type
};
constexpr std::array<PeakRow, 3> kPeaks{{{"f32", Rate::flops, true}, {"f64", Rate::flops, false}, {"i8", Rate::ops, false}}};
// A loop of about 0.2 ms natively, beside which the start of a team is little, and of 0.1 s where every lane is emulated.
constexpr std::int64_t kPeakSteps = 1 << 12;

void add_bounds(std::vector<CaseSpec>& cases) {
  for (const PeakRow& row : kPeaks) {
    CaseSpec spec{.name = std::string("bound/") + row.dtype, .family = "bound", .dtype = row.dtype, .variant = "registers",
                  .core = row.core, .rate = row.rate, .flop = 2.0 * kPeakChains * kPeakSteps, .per_thread = true};
    spec.parameters = {{"chains", digits(kPeakChains)}, {"steps", digits(kPeakSteps)}};
    cases.push_back(std::move(spec));
  }
  // As many bytes as elementwise/add, so that whatever a cache does for one it does for the other.
  constexpr std::int64_t kDoubles = kElements / 2;
  CaseSpec spec{.name = "bound/triad", .family = "bound", .dtype = "f64", .variant = "eigen", .core = true, .rate = Rate::bytes};
  spec.flop = 2.0 * kDoubles;
  spec.bytes = 3.0 * kDoubles * sizeof(double);
  spec.parameters = {{"elements", digits(kDoubles)}};
  cases.push_back(std::move(spec));
}

// A step of a published network, fed or housed in one of several ways; the ways are what is compared.
struct StepRow {
  const char* family;
  const char* network;
  const char* parameter;
  const char* way;
  const char* helper_threads;  // beside those of the case, "" for none
};
constexpr std::array<StepRow, 4> kSteps{{
    {"pipeline", "mnist-mlp", "feed", "naive", ""},
    {"pipeline", "mnist-mlp", "feed", "cached-prefetch", "1"},
    {"memory", "cifar-mlp", "temporaries", "fresh", ""},
    {"memory", "cifar-mlp", "temporaries", "arena", ""},
}};

void add_steps(std::vector<CaseSpec>& cases) {
  for (const StepRow& row : kSteps) {
    const Network& network = network_named(std::string("train/") + row.network);
    CaseSpec spec{.name = std::string(row.family) + "/" + row.way, .family = row.family, .dtype = "f32", .variant = "packed",
                  .rate = Rate::samples};
    spec.flop = network.flop_per_step;
    spec.samples = static_cast<double>(network.batch);
    spec.parameters = {{"network", row.network}, {"batch", digits(network.batch)}, {row.parameter, row.way}};
    if (*row.helper_threads) spec.parameters.emplace_back("helper_threads", row.helper_threads);
    cases.push_back(std::move(spec));
  }
}

// The network of train/mnist-cnn, trained and converted, and whatever network somebody wants to know about.
struct InferRow {
  const char* name;
  const char* dtype;  // of its products
  ModelFile model;
  const char* file;
  double flop;
};
constexpr double kMnistCnnFlop = 2.0 * (26 * 26 * 32 * 9 + 5408 * 10);
constexpr std::array<InferRow, 3> kInferences{{
    {"mnist-cnn-f32", "f32", ModelFile::own, "mnist-cnn-f32.tflite", kMnistCnnFlop},
    {"mnist-cnn-int8", "i8", ModelFile::own, "mnist-cnn-int8.tflite", kMnistCnnFlop},
    {"tflite", "-", ModelFile::given, "--model", 0},
}};

void add_inferences(std::vector<CaseSpec>& cases) {
  for (const InferRow& row : kInferences) {
    CaseSpec spec{.name = std::string("infer/") + row.name, .family = "infer", .dtype = row.dtype, .variant = "plain",
                  .rate = Rate::samples, .flop = row.flop, .samples = 1, .model = row.model};
    spec.parameters = {{"model", row.file}};
    cases.push_back(std::move(spec));
  }
}

void add_startup(std::vector<CaseSpec>& cases) {
  CaseSpec spec{.name = "startup/noop", .family = "startup", .dtype = "-", .variant = "-"};
  spec.launch = true;
  cases.push_back(std::move(spec));
}

}  // namespace

const std::vector<CaseSpec>& catalogue() {
  static const std::vector<CaseSpec> all = [] {
    std::vector<CaseSpec> cases;
    add_matmuls(cases);
    add_convolutions(cases);
    add_bandwidths(cases);
    add_training(cases);
    add_bounds(cases);
    add_steps(cases);
    add_inferences(cases);
    add_startup(cases);
    return cases;
  }();
  return all;
}

}  // namespace m1bench
