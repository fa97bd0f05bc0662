// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "analysis/profile.hpp"
#include "report/profile_json.hpp"
#include "report/profile_report.hpp"
#include "report/trace_json.hpp"

namespace m1bench {
namespace {

using Json = nlohmann::json;

// A profile of one target with names of the worst kind, and its timeline of two threads.
class HostileProfile : public testing::Test {
 protected:
  HostileProfile() {
    const std::string hostile = "a\x1b[31m\"</script>\xff|`\n# b";
    profile_.case_name = "infer/" + hostile;
    profile_.baseline = hostile;
    profile_.operations = {{hostile, "CONV_2D", ProfilePass::forward, "i8", 1e18, 1e15}, {"other", "other", ProfilePass::forward, "i8", 0, 0}};
    TargetProfile target{.target = hostile, .blocks = 1, .loop_s = 1e-3};
    target.operations.resize(2);
    target.operations[0].seconds = 9e-4;
    target.operations[1].seconds = 1e-4;
    target.order = {0, 1};
    target.observing = estimate(std::vector<double>{0.01});
    profile_.targets = {target};
    samples_.traces[hostile] = {{1, 0, 1, 0.2e-3, 0.8e-3, 0, 0},        {0, 0, 0, 0.1e-3, 0.9e-3, 3, 1e14},
                                {0, kWholeLoop, 0, 0, 1e-3, 4, 2e14},   {0, 0, 0, 1.1234567891e-3, 1.9e-3, 5, 3e14},
                                {0, kWholeLoop, 0, 1e-3, 2e-3, 5, 3e14}};
    Failure failure{"infer/" + hostile, "b", hostile, hostile};
    run_.failures.push_back(failure);
  }
  Profile profile_;
  ProfileSamples samples_;
  m1bench::Run run_;
};

TEST_F(HostileProfile, TimelineIsATraceOfWholeEvents) {
  const Json trace = Json::parse(trace_json(run_, profile_, samples_));
  int whole = 0, counters = 0, metadata = 0;
  for (const Json& event : trace.at("traceEvents")) {
    const std::string kind = event.at("ph");
    EXPECT_TRUE(event.at("name").is_string() && event.at("pid") == 1 && event.at("tid").is_number_integer() && event.at("ts").is_number());
    if (kind == "X") {
      ++whole;
      EXPECT_GE(event.at("dur"), 0);
    }
    counters += kind == "C";
    metadata += kind == "M";
  }
  EXPECT_EQ(whole, 5);
  EXPECT_EQ(counters, 2 + 2 * 4) << "at the beginning, and after all but shares";
  EXPECT_EQ(metadata, 2 + 2);
}

TEST_F(HostileProfile, EventsAreInOrderAndTimesInMicroseconds) {
  const Json trace = Json::parse(trace_json(run_, profile_, samples_));
  std::vector<std::string> names;
  std::vector<double> begins, allocated;
  for (const Json& event : trace.at("traceEvents")) {
    if (event.at("ph") == "X") {
      names.push_back(event.at("name"));
      begins.push_back(event.at("ts"));
    }
    if (event.at("ph") == "C" && event.at("name") == "allocated") allocated.push_back(event.at("args").at("bytes"));
  }
  EXPECT_EQ(begins, (std::vector<double>{0, 100, 200, 1000, 1123.457}));
  EXPECT_EQ(names[0], "loop 1");
  EXPECT_EQ(names[3], "loop 2");
  EXPECT_TRUE(names[1].ends_with(" forward")) << names[1];
  EXPECT_TRUE(names[2].ends_with(" forward (share)")) << names[2];
  EXPECT_EQ(allocated, (std::vector<double>{0, 1e14, 2e14, 3e14, 3e14}));
}

TEST_F(HostileProfile, TextStaysText) {
  for (const std::string& text : {profile_terminal(run_, profile_, {}), profile_markdown(run_, profile_)}) {
    EXPECT_EQ(text.find('\x1b'), std::string::npos) << text;
    EXPECT_EQ(text.find('\xff'), std::string::npos) << text;
    EXPECT_EQ(text.find("\n# b"), std::string::npos) << text;
    EXPECT_NE(text.find("profiling itself cost 1.0"), std::string::npos) << text;
    EXPECT_NE(text.find("not profiled on b: "), std::string::npos) << text;
  }
  const Json document = Json::parse(profile_json(run_, profile_));
  EXPECT_EQ(document.at("operations").size(), 2u);
  EXPECT_EQ(document.at("targets")[0].at("profiling_cost").at("low"), nullptr) << "one block has no interval";
}

TEST_F(HostileProfile, ACostBelowNothingIsNoise) {
  profile_.targets[0].observing = estimate(std::vector<double>{-0.02, -0.021, -0.019, -0.02, -0.02});
  const std::string text = profile_markdown(run_, profile_);
  EXPECT_NE(text.find("cannot be told: observed slots took -1.98 % [-1.98, -1.98], which is noise"), std::string::npos) << text;
  EXPECT_EQ(text.find("profiling itself cost -"), std::string::npos) << text;
  profile_.targets[0].observing = estimate(std::vector<double>{-0.02, 0.021, -0.019, 0.02, -0.02});
  EXPECT_NE(profile_markdown(run_, profile_).find("profiling itself cost -"), std::string::npos) << "it may cost nothing";
}

TEST(ProfileReport, NothingProfiledIsSaid) {
  m1bench::Run run;
  Profile profile;
  profile.case_name = "train/x";
  Target lost;
  lost.name = "b";
  lost.cause = "no such file";
  run.targets.push_back(lost);
  EXPECT_NE(profile_terminal(run, profile, {}).find("not profiled on b: no such file"), std::string::npos);
  EXPECT_TRUE(Json::parse(trace_json(run, profile, {})).at("traceEvents").empty());
}

}  // namespace
}  // namespace m1bench
