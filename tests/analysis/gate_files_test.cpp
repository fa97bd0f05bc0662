// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <fstream>
#include <functional>
#include <iterator>

#include "analysis/comparison.hpp"
#include "analysis/gate_runs.hpp"
#include "result/run_json.hpp"
#include "support/golden.hpp"

// The run files that tests of the whole program compare with base.json.
namespace m1bench {
namespace {

using Record = m1bench::Run;  // testing::Test has a Run of its own

Record missing_case() {
  Record run = usual_run("missing_case", {.seed = 7});
  std::erase_if(run.cases, [](const Case& item) { return item.name == kGateSoftmax; });
  std::erase_if(run.verifications, [](const Verification& check) { return check.case_name == kGateSoftmax; });
  std::erase_if(run.blocks, [](const Block& block) { return block.case_name == kGateSoftmax; });
  return run;
}

// One block computed something else than what was verified, and nothing in the file says so.
Record tampered_hash() {
  Record run = usual_run("tampered_hash", {.seed = 8});
  run.blocks[5].targets[1].checksum = "0000000000000bad";
  return run;
}

Record unlike_parameters() {
  Record run = usual_run("unlike_parameters", {.seed = 9});
  run.cases[0].parameters["m"] = "255";
  return run;
}

struct GateFile {
  const char* name;
  std::function<Record()> make;
  const char* want;  // what comparing base.json with it decides, case by case
};

const GateFile kFiles[] = {
    {"base.json", [] { return usual_run("base", {.seed = 1}); }, "ok ok ok"},
    {"same_again.json", [] { return usual_run("same_again", {.seed = 2}); }, "ok ok ok"},
    {"plus1.json",
     [] {
       return usual_run("plus1", {.seed = 3}, {{kGateMatmul, 1.01}});
     },
     "ok ok ok"},
    {"plus3.json",
     [] {
       return usual_run("plus3", {.seed = 4}, {{kGateMatmul, 1.03}});
     },
     "ok ok ok"},
    {"plus5.json",
     [] {
       return usual_run("plus5", {.seed = 5}, {{kGateMatmul, 1.05}});
     },
     "unsure ok ok"},
    {"plus10.json",
     [] {
       return usual_run("plus10", {.seed = 6}, {{kGateMatmul, 1.10}});
     },
     "regressed ok ok"},
    {"noisy.json", [] { return usual_run("noisy", {.seed = 10, .noise = 0.08}); }, "unsure unsure unsure"},
    {"missing_case.json", missing_case, "ok ok missing"},
    {"tampered_hash.json", tampered_hash, "wrong ok ok"},
    {"unlike_parameters.json", unlike_parameters, ""},
};

Record read(const std::string& name) {
  std::ifstream file(std::string(M1BENCH_TEST_DATA) + "/gate/" + name, std::ios::binary);
  return run_from_json(std::string((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>()));
}

TEST(GateFiles, HoldWhatTheirNamesSay) {
  for (const GateFile& file : kFiles) expect_golden(std::string("../data/gate/") + file.name, to_json(file.make()));
}

TEST(GateFiles, AreDecidedAsTheirNamesSay) {
  for (const GateFile& file : kFiles) {
    std::string decisions;
    for (const Change& change : compare_runs(read("base.json"), read(file.name), {}).changes) {
      decisions += (decisions.empty() ? "" : " ") + std::string(name_of(change.decision));
    }
    EXPECT_EQ(decisions, file.want) << file.name;
  }
}

}  // namespace
}  // namespace m1bench
