// SPDX-License-Identifier: Apache-2.0
#include "worker/session.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <optional>
#include <string>
#include <vector>

#include "m1bench/core/error.hpp"
#include "m1bench/data/packed.hpp"
#include "m1bench/data/synthetic.hpp"
#include "platform/affinity.hpp"
#include "platform/files.hpp"
#include "platform/host.hpp"
#include "support/models.hpp"

namespace m1bench {
namespace {

constexpr std::uint64_t kMostBytes = 1 << 28;

Request prepared(const std::string& case_name, bool for_training = false) {
  return {.verb = Verb::prepare, .case_name = case_name, .seed = 7, .threads = 2, .want_checksum = true, .for_training = for_training};
}

template <class T>
std::vector<T> numbers_in(const std::string& bytes) {
  std::vector<T> numbers(bytes.size() / sizeof(T));
  std::memcpy(numbers.data(), bytes.data(), numbers.size() * sizeof(T));
  return numbers;
}

// An array as NumPy reads it back: format 1.0, the only one m1bench writes.
struct Npy {
  std::string descr, shape, elements;
};
Npy read_npy(const std::string& path) {
  const std::string file = read_file(path, kMostBytes);
  if (file.compare(0, 8, std::string("\x93NUMPY\x01\x00", 8)) != 0) throw Error(ErrorKind::data, path + " is no .npy file");
  const std::size_t length = static_cast<unsigned char>(file[8]) + 256u * static_cast<unsigned char>(file[9]);
  const std::string header = file.substr(10, length);
  EXPECT_EQ((10 + length) % 64, 0u) << path;
  EXPECT_EQ(header.back(), '\n') << path;
  EXPECT_NE(header.find("'fortran_order': False"), std::string::npos) << path;
  const auto between = [&](const std::string& before, char end) {
    const std::size_t begin = header.find(before) + before.size();
    return header.substr(begin, header.find(end, begin) - begin);
  };
  return {between("'descr': '", '\''), between("'shape': (", ')'), file.substr(10 + length)};
}

class Session : public testing::Test {
 protected:
  Reply ask(const Request& request) { return session_.answer(request); }
  std::string file(const std::string& name) const { return folder_.path() + "/" + name; }

  // What a request is refused with; fails the test if it is not.
  std::string refusal(const Request& request, ErrorKind kind) {
    try {
      ask(request);
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), kind) << error.what();
      return error.what();
    }
    ADD_FAILURE() << "was not refused";
    return "";
  }

  TemporaryDirectory folder_;
  WorkerSession session_;
};

constexpr Verb kNeedACase[] = {Verb::reference, Verb::verify, Verb::run, Verb::dump, Verb::train, Verb::evaluate};

TEST_F(Session, NothingIsAskedBeforeACaseIsPrepared) {
  for (const Verb verb : kNeedACase) {
    const std::string said = refusal({.verb = verb, .path = folder_.path(), .steps = 1}, ErrorKind::internal);
    EXPECT_NE(said.find("must be prepared"), std::string::npos) << said;
  }
  EXPECT_TRUE(list_directory(folder_.path()).empty());
  refusal({.verb = Verb::quit}, ErrorKind::internal);
}

TEST_F(Session, AFailedPreparationLeavesNoCase) {
  ask(prepared("matmul/f32/64"));
  refusal(prepared("matmul/f32/65"), ErrorKind::usage);
  for (const Verb verb : kNeedACase) refusal({.verb = verb, .path = folder_.path(), .steps = 1}, ErrorKind::internal);
  EXPECT_FALSE(ask(prepared("matmul/f32/64")).input_checksum.empty());
}

TEST_F(Session, ACaseIsEitherTimedOrTrained) {
  ask(prepared("train/regression-mlp"));
  refusal({.verb = Verb::train, .steps = 1}, ErrorKind::internal);
  refusal({.verb = Verb::evaluate}, ErrorKind::internal);
  EXPECT_EQ(ask(prepared("train/regression-mlp", true)).input_checksum, "");
  refusal({.verb = Verb::run}, ErrorKind::internal);
  refusal(prepared("matmul/f32/64", true), ErrorKind::usage);
}

TEST_F(Session, InputsAreThoseOfTheWorkload) {
  Parallel parallel;
  const auto workload = make_workload("softmax/32x1000", {.seed = 7, .parallel = &parallel});
  char want[17];
  std::snprintf(want, sizeof want, "%016llx", static_cast<unsigned long long>(input_checksum(*workload)));
  EXPECT_EQ(ask(prepared("softmax/32x1000")).input_checksum, want);
  Request other = prepared("softmax/32x1000");
  other.seed = 8;
  EXPECT_NE(ask(other).input_checksum, want);
}

TEST_F(Session, SharedMemoryThatIsNotThereIsRefused) {
  Request request = prepared("softmax/32x1000");
  request.shared_bytes = std::uint64_t{1} << 40;  // whatever has that number here is smaller
  const std::string said = refusal(request, ErrorKind::io);
  EXPECT_NE(said.find("shared with the driver"), std::string::npos) << said;
  request.shared_bytes = 0;
  EXPECT_FALSE(ask(request).input_checksum.empty());
}

TEST_F(Session, AnswersAndReferencesAreWrittenAsTheyAre) {
  ask(prepared("softmax/32x1000"));
  const Reply right = ask({.verb = Verb::reference, .path = file("reference")});
  const Reply given = ask({.verb = Verb::verify, .path = file("answer")});
  EXPECT_EQ(right.dtype, "f64");
  EXPECT_EQ(right.elements, 32000u);
  EXPECT_EQ(given.dtype, "f32");
  EXPECT_EQ(given.elements, 32000u);
  EXPECT_GT(given.loop_s, 0);
  const std::string reference = read_file(file("reference"), kMostBytes), answer = read_file(file("answer"), kMostBytes);
  ASSERT_EQ(reference.size(), 32000 * (sizeof(double) + sizeof(float)));
  const Reference decoded{numbers_in<double>(reference.substr(0, 32000 * sizeof(double))),
                          numbers_in<float>(reference.substr(32000 * sizeof(double)))};
  EXPECT_TRUE(compare({DType::f32, {32, 1000}, std::as_bytes(std::span(answer))}, decoded).ok());
  EXPECT_EQ(ask({.verb = Verb::verify}).output_checksum, given.output_checksum);  // a path is not needed
}

TEST_F(Session, TrainingHasNoReferenceAndResumes) {
  ask(prepared("train/regression-mlp"));
  EXPECT_EQ(ask({.verb = Verb::reference, .path = file("reference")}).elements, 0u);
  EXPECT_FALSE(file_exists(file("reference")));
  ask({.verb = Verb::verify, .path = file("first"), .loops = 1});
  const Reply both = ask({.verb = Verb::verify, .path = file("both"), .loops = 2, .resume = true});
  EXPECT_EQ(both.dtype, "f64");
  EXPECT_EQ(both.elements, 3u);
  const Reply at_once = ask({.verb = Verb::verify, .path = file("at_once"), .loops = 3});
  EXPECT_EQ(at_once.elements, 3u);
  EXPECT_EQ(read_file(file("both"), kMostBytes), read_file(file("at_once"), kMostBytes));
  EXPECT_EQ(read_file(file("first"), kMostBytes), read_file(file("both"), kMostBytes).substr(0, sizeof(double)));
  EXPECT_EQ(ask({.verb = Verb::verify}).output_checksum, at_once.output_checksum);
}

TEST_F(Session, RunsTellTimesAndWhatWasComputed) {
  for (const char* name : {"matmul/f32/64", "train/regression-mlp"}) {
    SCOPED_TRACE(name);
    ask(prepared(name));
    const std::string checksum = ask({.verb = Verb::verify}).output_checksum;
    ask({.verb = Verb::run, .loops = 0, .warm_loops = 1});  // whatever went before
    const Reply timed = ask({.verb = Verb::run, .loops = 5, .warm_loops = 3, .want_checksum = true});
    EXPECT_GT(timed.wall_s, 0);
    EXPECT_GE(timed.cpu_s, 0);
    EXPECT_EQ(timed.output_checksum, checksum);
    ASSERT_TRUE(timed.max_rss_bytes);
    EXPECT_GT(*timed.max_rss_bytes, 1u << 20);
    EXPECT_EQ(timed.migrations.has_value(), file_exists("/proc/self/sched"));
    EXPECT_EQ(ask({.verb = Verb::run, .loops = 1, .warm_loops = 2}).output_checksum, "");
    const Reply next = ask({.verb = Verb::verify, .resume = true});
    EXPECT_TRUE(next.dtype == "f32" || next.elements == 2) << "a slot starts training anew: one step of it, one of this";
    EXPECT_EQ(ask({.verb = Verb::run, .loops = 0, .warm_loops = 1}).wall_s, 0);
  }
}

TEST_F(Session, RunsTellWhatALoopAllocates) {
  struct Row {
    const char* name;
    std::optional<bool> allocates;
  };
  for (const Row& row : {Row{"memory/fresh", true}, {"memory/arena", false}, {"train/regression-mlp", std::nullopt}}) {
    SCOPED_TRACE(row.name);
    ask(prepared(row.name));
    EXPECT_EQ(ask({.verb = Verb::run, .loops = 0, .warm_loops = 1}).allocated_bytes, std::nullopt);
    const std::optional<std::uint64_t> one = ask({.verb = Verb::run, .loops = 1}).allocated_bytes;
    EXPECT_EQ(one.has_value(), row.allocates.has_value());
    if (one) {
      EXPECT_EQ(*one > 0, *row.allocates);
      EXPECT_EQ(ask({.verb = Verb::run, .loops = 2}).allocated_bytes, one) << "per loop";
    }
  }
}

TEST_F(Session, DumpsAreWhatNumPyReads) {
  ask(prepared("softmax/32x1000"));
  ask({.verb = Verb::dump, .path = folder_.path(), .loops = 1});
  EXPECT_EQ(list_directory(folder_.path()), (std::vector<std::string>{"a.npy", "y.npy"}));
  Parallel parallel;
  const auto workload = make_workload("softmax/32x1000", {.seed = 7, .parallel = &parallel});
  workload->loop();
  const auto text = [](const NamedArray& item) {
    return std::string(reinterpret_cast<const char*>(item.array.bytes.data()), item.array.bytes.size());
  };
  for (const NamedArray& item : {workload->inputs()[0], workload->answer()}) {
    const Npy array = read_npy(file(item.name + ".npy"));
    EXPECT_EQ(array.descr, "<f4");
    EXPECT_EQ(array.shape, "32, 1000");
    EXPECT_TRUE(array.elements == text(item)) << item.name;
  }
}

TEST_F(Session, DumpsOfTrainingHoldItsStartAndItsLosses) {
  ask(prepared("train/mnist-cnn"));
  ask({.verb = Verb::verify, .path = file("losses"), .loops = 2});
  ask({.verb = Verb::dump, .path = folder_.path(), .loops = 2});
  struct Row {
    const char *name, *descr, *shape;
  };
  for (const Row& row : {Row{"x", "<f4", "640, 28, 28, 1"},
                         {"y", "<i8", "640,"},
                         {"param_0", "<f4", "3, 3, 1, 32"},
                         {"param_1", "<f4", "32,"},
                         {"param_2", "<f4", "5408, 10"},
                         {"param_3", "<f4", "10,"},
                         {"losses", "<f8", "2,"}}) {
    const Npy array = read_npy(file(std::string(row.name) + ".npy"));
    EXPECT_EQ(array.descr, row.descr) << row.name;
    EXPECT_EQ(array.shape, row.shape) << row.name;
  }
  EXPECT_EQ(read_npy(file("losses.npy")).elements, read_file(file("losses"), kMostBytes));
  for (const float bias : numbers_in<float>(read_npy(file("param_1.npy")).elements))
    EXPECT_EQ(bias, 0) << "parameters before training";
}

TEST_F(Session, TrainsAndEvaluatesOnDataFiles) {
  const auto pack = [&](const std::string& name, const Dataset& data) {
    const std::string header = packed_header(data.view());
    write_file(file(name), packed_pieces(header, data.view()));
    return file(name);
  };
  Request request = prepared("train/mnist-cnn", true);
  request.data = pack("training", synthetic_mnist(70, 0, 1));
  request.evaluation_data = pack("held_out", synthetic_mnist(33, 70, 1));
  ask(request);
  const Reply begun = ask({.verb = Verb::train, .steps = 2});
  EXPECT_EQ(begun.samples, 64u);
  EXPECT_FALSE(begun.epoch_done);
  const Reply ended = ask({.verb = Verb::train, .steps = 2});
  EXPECT_EQ(ended.samples, 70u);
  EXPECT_TRUE(ended.epoch_done);
  EXPECT_EQ(ended.epoch, 1);
  EXPECT_GT(ended.loss, 0);
  EXPECT_TRUE(ended.accuracy);
  EXPECT_GT(ended.wall_s, 0);
  const Reply looked = ask({.verb = Verb::evaluate});
  EXPECT_EQ(looked.samples, 33u);
  EXPECT_EQ(looked.epoch, 1);
  request.for_training = false;
  const std::string real = ask(request).input_checksum;  // the same files under a case that is timed
  EXPECT_EQ(ask({.verb = Verb::verify, .loops = 3}).elements, 3u);
  const std::string synthetic = ask(prepared("train/mnist-cnn")).input_checksum;  // which leaves nothing behind
  EXPECT_NE(synthetic, real);
  EXPECT_EQ(synthetic, WorkerSession().answer(prepared("train/mnist-cnn")).input_checksum);
}

TEST_F(Session, DataFilesThatAreNoneAreRefused) {
  write_file(file("empty"), {});
  write_file(file("garbage"),
             std::vector<std::string_view>{"not what it should be, and longer than a header of sixty-four bytes"});
  Request request = prepared("train/mnist-mlp");
  for (const char* name : {"empty", "garbage"}) {
    request.data = file(name);
    refusal(request, ErrorKind::data);
    refusal({.verb = Verb::verify}, ErrorKind::internal);
  }
  request.data = file("missing");
  EXPECT_NE(refusal(request, ErrorKind::io).find(file("missing")), std::string::npos);
}

// As the driver leaves it in its scratch folder.
TEST_F(Session, ModelsAreMapped) {
  for (const char* model : {"mnist-cnn-f32", "mnist-cnn-int8"}) {
    write_file(file(model), std::array<std::string_view, 1>{packed_model(model)});
  }
  Request request = prepared("infer/tflite");
  request.data = file("mnist-cnn-int8");
  const std::string of_int8 = ask(request).input_checksum;
  const Reply right = ask({.verb = Verb::reference, .path = file("reference")});
  const Reply given = ask({.verb = Verb::verify, .path = file("answer")});
  EXPECT_EQ(right.elements, 10u);
  EXPECT_EQ(given.elements, 10u);
  EXPECT_EQ(given.dtype, "i8");
  const Reply timed = ask({.verb = Verb::run, .loops = 3, .warm_loops = 1, .want_checksum = true});
  EXPECT_GT(timed.wall_s, 0);
  EXPECT_EQ(timed.output_checksum, given.output_checksum);
  request.data = file("mnist-cnn-f32");
  EXPECT_NE(ask(request).input_checksum, of_int8);
  EXPECT_EQ(ask({.verb = Verb::verify}).dtype, "f32") << "of the model that was prepared last";
  ask(prepared("matmul/f32/64"));
  const std::string said = refusal(prepared("infer/tflite"), ErrorKind::usage);
  EXPECT_NE(said.find("runs a model"), std::string::npos) << "nothing is left of it: " << said;
}

TEST_F(Session, DumpsOfInferenceHoldTheImageAndTheModel) {
  const std::string packed = packed_model("mnist-cnn-int8");
  TemporaryDirectory scratch;
  write_file(scratch.path() + "/model", std::array<std::string_view, 1>{packed});
  Request request = prepared("infer/mnist-cnn-int8");
  request.data = scratch.path() + "/model";
  ask(request);
  ask({.verb = Verb::dump, .path = folder_.path(), .loops = 1});
  EXPECT_EQ(list_directory(folder_.path()), (std::vector<std::string>{"model.npy", "x.npy", "y.npy"}));
  EXPECT_EQ(read_npy(file("x.npy")).shape, "1, 28, 28, 1");
  EXPECT_EQ(read_npy(file("x.npy")).descr, "|i1");
  EXPECT_EQ(read_npy(file("y.npy")).shape, "1, 10");
  EXPECT_EQ(read_npy(file("model.npy")).descr, "|u1");
  EXPECT_TRUE(read_npy(file("model.npy")).elements == packed);
}

TEST_F(Session, ModelsThatAreNoneAreRefused) {
  write_file(file("data"), std::array<std::string_view, 1>{packed_header(synthetic_mnist(1, 0, 1).view())});
  write_file(file("cut"), std::array<std::string_view, 1>{packed_model("mnist-cnn-int8").substr(0, 1000)});
  Request request = prepared("infer/mnist-cnn-int8");
  for (const char* name : {"data", "cut"}) {
    request.data = file(name);
    refusal(request, ErrorKind::data);
    refusal({.verb = Verb::verify}, ErrorKind::internal);
  }
  request.data = file("missing");
  EXPECT_NE(refusal(request, ErrorKind::io).find(file("missing")), std::string::npos);
}

TEST_F(Session, FilesThatCannotBeWrittenAreReported) {
  ask(prepared("matmul/f32/64"));
  const std::string nowhere = file("no/such/folder");
  for (const Verb verb : {Verb::reference, Verb::verify, Verb::dump}) {
    EXPECT_NE(refusal({.verb = verb, .path = nowhere}, ErrorKind::io).find(nowhere), std::string::npos);
  }
  EXPECT_FALSE(ask({.verb = Verb::verify}).output_checksum.empty());  // and the case is still there
}

TEST_F(Session, ATeamThatHasAsManyCpusKeepsToOneEach) {
  const std::vector<int> all = allowed_cpus();
  if (all.size() < 2) GTEST_SKIP() << "takes two CPUs";
  const std::vector<int> two{all[0], all[1]};
  const PinnedThread pinned(two);
  struct Row {
    const char* case_name;
    int threads;
    std::vector<int> callers;
  };
  for (const Row& row : {Row{"matmul/f32/64", 2, {two[0]}},
                         {"matmul/f32/64", 1, two},
                         {"matmul/f32/64", 3, two},
                         {"matmul/f32/64/blas", 2, two}}) {
    Request request = prepared(row.case_name);
    request.threads = row.threads;
    ask(request);
    EXPECT_EQ(allowed_cpus(), row.callers) << row.case_name << " by " << row.threads;
  }
}

TEST_F(Session, AnotherNumberOfThreadsIsAnotherTeamForTheSameBits) {
  std::vector<std::string> checksums;
  for (const int threads : {1, 3, 1}) {
    Request request = prepared("conv2d/f32/mnist/reference");
    request.threads = threads;
    ask(request);
    checksums.push_back(ask({.verb = Verb::verify}).output_checksum);
  }
  EXPECT_EQ(checksums[0], checksums[1]);
  EXPECT_EQ(checksums[0], checksums[2]);
}

}  // namespace
}  // namespace m1bench
