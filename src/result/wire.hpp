// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "result/model.hpp"

// What the driver and a worker say to each other: one JSON object a line, at most kMaxLine bytes, requests on the worker's
// standard input and replies on its standard output. A worker speaks first (`hello`) and then answers each request with
// exactly one reply, except that `train` is answered by one reply per epoch.
namespace m1bench {

inline constexpr int kProtocol = 1;
inline constexpr std::size_t kMaxLine = 1 << 20;

enum class Verb { prepare, reference, verify, run, dump, train, quit };

struct Request {
  Verb verb = Verb::quit;
  // prepare
  std::string case_name;
  std::uint64_t seed = 0;
  int threads = 1;
  std::string data;          // path of a decoded data file, "" for the synthetic set
  // reference, verify: where to write the answer; dump: the folder
  std::string path;
  // verify: loops to run (training steps); run: timed loops and the untimed ones before them
  std::uint64_t loops = 1;
  std::uint64_t warm_loops = 0;
  bool want_checksum = false;
  // train
  int epochs = 0;
  std::uint64_t steps = 0;   // 0: whole epochs
  bool evaluate = false;
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
  std::optional<std::uint64_t> max_rss_bytes, context_switches, page_faults;
  // train: one reply per epoch, `last` on the final one
  int epoch = 0;
  std::uint64_t samples = 0;
  double loss = 0, accuracy = 0;
  bool has_accuracy = false;
  double evaluation_loss = 0, evaluation_accuracy = 0;
  bool evaluated = false;
  bool last = true;
};

// Without the newline. Decoding throws Error(data) on anything that is not such an object.
std::string encode(const Request& request);
std::string encode(const Reply& reply);
Request decode_request(std::string_view line);
Reply decode_reply(std::string_view line);

}  // namespace m1bench
