// SPDX-License-Identifier: Apache-2.0
#include "result/wire.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "support/data_error.hpp"

namespace m1bench {
namespace {

TEST(Wire, RequestsComeBack) {
  for (const Verb verb :
       {Verb::prepare, Verb::reference, Verb::verify, Verb::run, Verb::dump, Verb::train, Verb::evaluate, Verb::profile, Verb::quit}) {
    const Request request{.verb = verb, .case_name = "matmul/f32/64", .seed = ~0ULL, .threads = 4, .data = "/tmp/a \"b\"\n",
                          .evaluation_data = "d", .path = "/tmp/c", .loops = 1000, .warm_loops = 250, .resume = true,
                          .want_checksum = true, .for_training = true, .steps = 17, .observe_every = 3};
    const std::string line = encode(request);
    EXPECT_EQ(line.find('\n'), std::string::npos) << line;
    EXPECT_EQ(decode_request(line), request) << line;
  }
  EXPECT_EQ(decode_request(encode(Request{})), Request{});
}

TEST(Wire, RepliesComeBack) {
  Reply reply;
  reply.hello = Hello{
      1, "id", "arm64", "arm64", "rosetta2", "VirtualApple", "x86_64-v2", "SSE4.2", "clang", "-O3", std::string(4096, '"')};
  reply.wall_s = 1.0 / 3;
  reply.page_faults = 12;
  reply.allocated_bytes = 1ULL << 33;
  reply.elements = 1ULL << 40;
  reply.epoch = 3;
  reply.epoch_done = true;
  reply.accuracy = 0.25;
  const Reply back = decode_reply(encode(reply));
  EXPECT_EQ(encode(back), encode(reply));
  EXPECT_EQ(back.hello->note, reply.hello->note);
  EXPECT_EQ(back.wall_s, 1.0 / 3);
  EXPECT_EQ(back.epoch, 3);
  EXPECT_TRUE(back.epoch_done);
  EXPECT_EQ(back.accuracy, 0.25);
  EXPECT_EQ(back.page_faults, 12u);
  EXPECT_EQ(back.allocated_bytes, 1ULL << 33);
  EXPECT_EQ(back.max_rss_bytes, std::nullopt);
}

TEST(Wire, TheProfileOfTheLargestModelFitsIntoALine) {
  Reply reply;
  ProfileReply& profile = reply.profile.emplace();
  for (int i = 0; i < 4096; ++i) {
    const std::string number = std::to_string(i);
    profile.operations.push_back({"DEPTHWISE_CONV_2D " + number + " + MAX_POOL_2D " + number, "DEPTHWISE_CONV_2D", ProfilePass::forward,
                                  "f32", 1e9 / 3, 1e7 / 3});
  }
  profile.empty_span_s = 2e-8;
  profile.observation_s = 5e-8;
  const std::string described = encode(reply);
  EXPECT_LT(described.size(), kMaxLine);
  EXPECT_EQ(decode_reply(described).profile->operations, profile.operations);
  profile.operations.clear();
  profile.operation_s.assign(4096, 1.0 / 3);
  profile.observed_loops = 7;
  profile.allocated_bytes = 1ULL << 40;
  const std::string timed = encode(reply);
  EXPECT_LT(timed.size(), kMaxLine);
  EXPECT_EQ(encode(decode_reply(timed)), timed);
  EXPECT_EQ(decode_reply(timed).profile->operation_s, profile.operation_s);
}

TEST(Wire, AnOlderWorkersReplyHasNoProfile) {
  std::string line = encode(Reply{});
  const std::string none = ",\"profile\":null";
  const std::size_t at = line.find(none);
  ASSERT_NE(at, std::string::npos) << line;
  line.erase(at, none.size());
  EXPECT_FALSE(decode_reply(line).profile);
}

TEST(Wire, SurvivesWhatAWorkerMaySay) {
  Reply reply;
  reply.error = "\xC3(\xFF";
  reply.loss = std::numeric_limits<double>::quiet_NaN();
  const Reply back = decode_reply(encode(reply));
  EXPECT_EQ(back.error, "\xEF\xBF\xBD(\xEF\xBF\xBD");
  EXPECT_TRUE(std::isinf(back.loss));
}

TEST(Wire, RefusesEverythingElse) {
  for (const std::string& line : {std::string(), std::string("Segmentation fault"), std::string("{}"), std::string("[]"),
                                  std::string("{\"verb\":\"fly\"}"), std::string("null"), std::string(100, '['),
                                  std::string(kMaxLine + 1, ' '), "{\"wall_s\":" + std::string(500, '9') + "}"}) {
    EXPECT_NE(data_error_of([&] { decode_request(line); }).find("not a request: "), std::string::npos) << line.substr(0, 40);
    EXPECT_NE(data_error_of([&] { decode_reply(line); }).find("not a reply of a worker: "), std::string::npos)
        << line.substr(0, 40);
  }
}

}  // namespace
}  // namespace m1bench
