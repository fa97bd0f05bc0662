// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "bench/case_spec.hpp"
#include "bench/networks.hpp"
#include "m1bench/core/error.hpp"

namespace m1bench {
namespace {

using Names = std::vector<std::string>;

Names names_of(const std::vector<const CaseSpec*>& cases) {
  Names names;
  for (const CaseSpec* spec : cases) names.push_back(spec->name);
  return names;
}

const CaseSpec& spec_of(const std::string& name) {
  const CaseSpec* spec = find_case_spec(name);
  if (!spec) throw Error(ErrorKind::internal, "the catalogue has no " + name);
  return *spec;
}

std::string refusal(const Names& patterns) {
  try {
    cases_matching(patterns, false);
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::usage);
    return error.what();
  }
  return "";
}

TEST(Catalogue, NamesAreUniqueAndSayWhatTheyAre) {
  std::set<std::string> names;
  for (const CaseSpec& spec : catalogue()) {
    SCOPED_TRACE(spec.name);
    EXPECT_TRUE(names.insert(spec.name).second);
    EXPECT_EQ(spec.name.substr(0, spec.name.find('/')), spec.family);
    const bool says_type = (spec.name + "/").find("/" + spec.dtype + "/") != std::string::npos;
    const bool has_no_type = spec.launch || spec.model != ModelFile::none || spec.name == "bound/triad";
    EXPECT_TRUE(has_no_type || spec.dtype == "f32" || says_type);
    EXPECT_EQ(spec.default_variant, !spec.name.ends_with("/" + spec.variant));
    EXPECT_EQ(find_case_spec(spec.name), &spec);
  }
  EXPECT_EQ(find_case_spec("matmul/f32"), nullptr);
  EXPECT_EQ(find_case_spec(""), nullptr);
}

// What a case costs is what its rate is computed from.
TEST(Catalogue, EveryCaseHasTheCostItsRateNeeds) {
  for (const CaseSpec& spec : catalogue()) {
    SCOPED_TRACE(spec.name);
    EXPECT_EQ(spec.rate == Rate::bytes, spec.bytes > 0);
    EXPECT_EQ(spec.rate == Rate::samples, spec.samples > 0);
    const bool runs_model = spec.model != ModelFile::none;
    EXPECT_EQ(spec.rate == Rate::samples, network_trained_by(spec.name) != nullptr || runs_model);
    EXPECT_TRUE(spec.launch || spec.rate == Rate::bytes || spec.model == ModelFile::given || spec.flop > 0);
    EXPECT_FALSE(spec.rate == Rate::flops && spec.dtype == "i8") << "operations on integers are no FLOP";
    EXPECT_TRUE(spec.rate != Rate::ops || spec.dtype == "i8");
  }
}

TEST(Catalogue, TheCoreSetIsThePublishedExperimentsAndTheirBounds) {
  const Names want = {
      "matmul/f32/64",
      "matmul/f32/256",
      "matmul/f32/512",
      "matmul/f32/1000",
      "gemm/f32/32x3000x3072",
      "gemm/f32/32x1000x3000",
      "conv2d/f32/mnist",
      "conv2d/f32/resnet-56",
      "conv2d/f32/resnet-28",
      "conv2d/f32/resnet-14",
      "conv2d/f32/resnet-7",
      "elementwise/add-scalar",
      "elementwise/mul-scalar",
      "elementwise/add",
      "elementwise/relu",
      "elementwise/exp",
      "reduce/sum",
      "softmax/32x1000",
      "train/regression-mlp",
      "train/mnist-mlp",
      "train/mnist-cnn",
      "train/cifar-mlp",
      "bound/f32",
      "bound/triad",
  };
  EXPECT_EQ(names_of(cases_in_set("core")), want);
}

TEST(Catalogue, TheFullSetAddsSizesAndVariantsButNoOracle) {
  const Names full = names_of(cases_in_set("full"));
  for (const char* name : {"matmul/f32/1024", "matmul/f32/2048", "matmul/f64/512", "matmul/i8/1024", "bound/f64", "bound/i8",
                           "conv2d/f32/resnet-56/n8", "conv2d/f32/resnet-28/n8", "conv2d/f32/resnet-14/n8",
                           "conv2d/f32/resnet-7/n8", "conv2d/f32/resnet-7/winograd", "conv2d/f32/resnet-56/n8/winograd",
                           "infer/mnist-cnn-f32", "infer/mnist-cnn-int8", "infer/tflite", "matmul/f32/64/eigen",
                           "matmul/f32/64/blocked", "matmul/f64/512/blocked", "gemm/f32/32x1000x3000/eigen",
                           "gemm/f32/32x1000x3000/blocked"}) {
    EXPECT_TRUE(std::ranges::count(full, name)) << name;
  }
  for (const std::string& name : names_of(cases_in_set("core"))) EXPECT_TRUE(std::ranges::count(full, name)) << name;
  for (const std::string& name : full) EXPECT_FALSE(name.ends_with("/reference")) << name;
  EXPECT_THROW(cases_in_set("everything"), Error);
}

TEST(Catalogue, ProductsArePackedUnlessAnotherVariantIsNamed) {
  for (const char* name : {"matmul/f32/512", "matmul/f64/512", "matmul/i8/1024", "gemm/f32/32x3000x3072"}) {
    EXPECT_EQ(find_case_spec(name)->variant, "packed") << name;
  }
  EXPECT_EQ(find_case_spec("gemm/f32/32x3000x3072/eigen")->variant, "eigen");
}

TEST(Catalogue, CostsAreThePublishedOnes) {
  struct Row {
    const char* name;
    double flop, tolerance;
  };
  for (const Row& row : {Row{"matmul/f32/1000", 2.0e9, 0},
                         {"matmul/f64/512", 2.0 * 512 * 512 * 512, 0},
                         {"matmul/i8/1024", 2.0 * 1024 * 1024 * 1024, 0},
                         {"gemm/f32/32x3000x3072", 2.0 * 32 * 3000 * 3072, 0},
                         {"gemm/f32/32x1000x3000/blocked", 192.0e6, 0},
                         {"conv2d/f32/mnist", 2.0 * 32 * 26 * 26 * 32 * 9, 0},
                         {"conv2d/f32/resnet-56", 231.2e6, 0.1e6},
                         {"conv2d/f32/resnet-28", 231.2e6, 0.1e6},
                         {"conv2d/f32/resnet-14", 231.2e6, 0.1e6},
                         {"conv2d/f32/resnet-7", 231.2e6, 0.1e6},
                         {"conv2d/f32/resnet-7/n8", 8 * 231.2e6, 1e6},
                         {"conv2d/f32/resnet-7/winograd", 231.2e6, 0.1e6},
                         {"train/cifar-mlp", 1757.568e6, 0},
                         {"infer/mnist-cnn-f32", 497536, 0},
                         {"infer/mnist-cnn-int8", 497536, 0},
                         {"elementwise/exp", 1 << 24, 0}}) {
    EXPECT_NEAR(spec_of(row.name).flop, row.flop, row.tolerance) << row.name;
  }
  constexpr double kArray = 4.0 * (1 << 24);
  EXPECT_EQ(spec_of("elementwise/add-scalar").bytes, 2 * kArray);
  EXPECT_EQ(spec_of("elementwise/add").bytes, 3 * kArray);
  EXPECT_EQ(spec_of("reduce/sum").bytes, kArray);
  EXPECT_EQ(spec_of("softmax/32x1000").bytes, 2 * 4.0 * 32 * 1000);
  EXPECT_EQ(spec_of("train/mnist-mlp").samples, 32);
  EXPECT_EQ(spec_of("bound/triad").bytes, 3 * kArray);
  for (const char* name : {"bound/f32", "bound/f64", "bound/i8"}) EXPECT_EQ(spec_of(name).flop, 2.0 * 2688 * 4096) << name;
}

// A set measures the bounds that its cases need, of the same kind and type.
TEST(Catalogue, EverySetHoldsTheBoundsOfItsCases) {
  for (const char* set : {"core", "full"}) {
    std::set<std::string> bounds, needed;
    for (const CaseSpec* spec : cases_in_set(set)) {
      const std::string kind = spec->rate == Rate::bytes ? "bytes" : spec->dtype;
      if (spec->launch || spec->dtype == "-") continue;  // a model's types are known when it is read
      (spec->family == "bound" ? bounds : needed).insert(kind);
    }
    EXPECT_EQ(bounds, needed) << set;
  }
}

// Each thread keeps its own registers busy; everything else is one piece of work that the team shares.
TEST(Catalogue, OnlyArithmeticBoundsGrowWithTheTeam) {
  for (const CaseSpec& spec : catalogue()) {
    EXPECT_EQ(spec.per_thread, spec.family == "bound" && spec.rate != Rate::bytes) << spec.name;
  }
}

TEST(CatalogueSelection, PatternsMatchDefaultVariants) {
  struct Row {
    Names patterns;
    bool all_variants;
    Names want;
  };
  for (const Row& row : {
           Row{{"matmul/f64/*"}, false, {"matmul/f64/512"}},
           {{"matmul/f64/*"},
            true,
            {"matmul/f64/512", "matmul/f64/512/eigen", "matmul/f64/512/blas", "matmul/f64/512/blocked", "matmul/f64/512/reference"}},
           {{"matmul/i8/*"}, true, {"matmul/i8/1024", "matmul/i8/1024/reference"}},
           {{"matmul/f64/512/blocked"}, false, {"matmul/f64/512/blocked"}},  // an exact name needs no permission
           {{"*/resnet-7*"}, false, {"conv2d/f32/resnet-7", "conv2d/f32/resnet-7/n8"}},
           {{"train/cifar-mlp", "*softmax*", "train/cifar-*"},
            false,
            {"softmax/32x1000", "train/cifar-mlp"}},  // catalogue's order, once each
           {{"matmul/f32/10??"}, false, {"matmul/f32/1000", "matmul/f32/1024"}},
           {{"infer/*"}, false, {"infer/mnist-cnn-f32", "infer/mnist-cnn-int8", "infer/tflite"}},
       }) {
    EXPECT_EQ(names_of(cases_matching(row.patterns, row.all_variants)), row.want) << row.patterns[0] << row.all_variants;
  }
  EXPECT_EQ(cases_matching(Names{"*"}, true).size(), catalogue().size());
  EXPECT_TRUE(cases_matching(Names{}, false).empty());
}

TEST(CatalogueSelection, UnknownNamesGiveTheNearest) {
  EXPECT_NE(refusal({"matmul/f32/100"}).find("did you mean 'matmul/f32/1000'"), std::string::npos);
  EXPECT_NE(refusal({"train/cifer-mlp"}).find("did you mean 'train/cifar-mlp'"), std::string::npos);
  EXPECT_NE(refusal({"matmul/*", "sofmax/32x1000"}).find("no case matches 'sofmax/32x1000'; did you mean 'softmax/32x1000'"),
            std::string::npos);
  const std::string hopeless = refusal({"zzzzzzzzzzzz"});
  EXPECT_NE(hopeless.find("zzzzzzzzzzzz"), std::string::npos);
  EXPECT_EQ(hopeless.find("did you mean"), std::string::npos);
}

TEST(CatalogueSelection, AVariantThatAPatternLeavesOutIsExplained) {
  EXPECT_NE(refusal({"*/blocked"}).find("--variants all"), std::string::npos);
  EXPECT_EQ(refusal({"zzzzzzzzzzzz"}).find("--variants all"), std::string::npos);
}

TEST(Networks, CasesAboutAStepTrainThePublishedNetworks) {
  struct Row {
    const char* name;
    const char* network;
  };
  for (const Row& row : {Row{"pipeline/naive", "train/mnist-mlp"},
                         {"pipeline/cached-prefetch", "train/mnist-mlp"},
                         {"memory/fresh", "train/cifar-mlp"},
                         {"memory/arena", "train/cifar-mlp"},
                         {"train/mnist-cnn", "train/mnist-cnn"}}) {
    EXPECT_EQ(network_trained_by(row.name), &network_named(row.network)) << row.name;
    EXPECT_EQ(spec_of(row.name).flop, network_named(row.network).flop_per_step) << row.name;
    EXPECT_EQ(spec_of(row.name).core, spec_of(row.name).family == "train") << row.name;
  }
  EXPECT_EQ(network_trained_by("matmul/f32/64"), nullptr);
  EXPECT_EQ(network_trained_by("memory/fresher"), nullptr);
}

TEST(Networks, AreFoundByTheirCases) {
  for (const Network& network : networks()) {
    EXPECT_EQ(&network_named(network.case_name), &network);
    EXPECT_EQ(spec_of(network.case_name).flop, network.flop_per_step);
  }
  EXPECT_THROW(network_named("matmul/f32/64"), Error);
}

}  // namespace
}  // namespace m1bench
