// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "result/model.hpp"
#include "result/profile.hpp"

// What the driver and a worker say to each other: one JSON object a line, at most kMaxLine bytes, requests on the worker's
// standard input and replies on its standard output. A worker speaks first (`hello`) and then answers each request with
// exactly one reply.
namespace m1bench {

// Of what workers have always been asked. A verb that only a newer driver asks, and what an older worker may leave out, change
// nothing for the two builds that `ab` compares.
inline constexpr int kProtocol = 3;
inline constexpr std::size_t kMaxLine = 1 << 20;

enum class Verb { prepare, reference, verify, run, dump, train, evaluate, profile, quit };

struct Request {
  Verb verb = Verb::quit;
  // prepare
  std::string case_name;
  std::uint64_t seed = 0;
  int threads = 1;
  std::string data;             // path of a decoded data set or model; "" for the synthetic set
  std::string evaluation_data;  // likewise, of the rows held out from training
  std::uint64_t shared_bytes = 0;  // of memory under kSharedDescriptor, for the arrays of a case that streams through much; 0: none
  // reference, verify: where to write the answer; dump: the folder
  std::string path;
  // verify: loops to run (training steps); run: timed loops and the untimed ones before them
  std::uint64_t loops = 1;
  std::uint64_t warm_loops = 0;
  double slowdown = 1;       // run: each timed loop is made to take this many times as long, for tests of the gate
  bool resume = false;       // verify: go on from where the last one ended instead of starting over
  bool want_checksum = false;  // run: of the output; prepare: of the inputs
  // prepare: the case will be trained by `train`, not timed by `run`
  bool for_training = false;
  // train: the most steps to take before answering; the end of an epoch answers too
  std::uint64_t steps = 0;
  // profile: of the `loops`, the operations of every n-th are observed; 0: of none. With a `path`, those of all, each on its own,
  // for a timeline. Without loops: what there is to observe
  std::uint64_t observe_every = 0;
  bool operator==(const Request&) const = default;
};

struct Reply {
  std::string error;         // not empty: the request failed, and this sentence says why
  // hello
  std::optional<Hello> hello;
  // prepare
  std::string input_checksum;
  // reference, verify
  std::string dtype;         // element type of the answer written to `path`
  std::uint64_t elements = 0;
  double loop_s = 0;         // the first loop
  std::string output_checksum;
  // run
  double wall_s = 0, cpu_s = 0;
  std::optional<std::uint64_t> max_rss_bytes, allocated_bytes, context_switches, page_faults, migrations;
  // train: the epoch under way (from 1) and its running means so far; evaluate: likewise over the held-out rows
  int epoch = 0;
  bool epoch_done = false;
  std::uint64_t samples = 0;
  double loss = 0;
  std::optional<double> accuracy;  // of classifiers
  // profile
  std::optional<ProfileReply> profile;
};

// Without the newline. Decoding throws Error(data) on anything that is not such an object.
std::string encode(const Request& request);
std::string encode(const Reply& reply);
Request decode_request(std::string_view line);
Reply decode_reply(std::string_view line);

}  // namespace m1bench
