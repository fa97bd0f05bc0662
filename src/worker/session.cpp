// SPDX-License-Identifier: Apache-2.0
#include "worker/session.hpp"

#include <array>
#include <cstdio>

#include "m1bench/core/check.hpp"
#include "m1bench/core/error.hpp"
#include "m1bench/data/packed.hpp"
#include "m1bench/kernels/blas.hpp"
#include "platform/affinity.hpp"
#include "platform/build_info.hpp"
#include "platform/clock.hpp"
#include "platform/host.hpp"
#include "worker/profiler.hpp"
#include "worker/slice.hpp"
#include "worker/slot.hpp"

namespace m1bench {
namespace {

std::string hexadecimal(std::uint64_t value) {
  char text[17];
  std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(value));
  return text;
}

std::string_view raw(std::span<const std::byte> bytes) { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }

template <class T>
std::string_view raw(const std::vector<T>& values) {
  return raw(std::as_bytes(std::span(values)));
}

void map_data(const std::string& path, std::unique_ptr<MappedFile>& file, DatasetView& view) {
  file.reset();
  if (path.empty()) return;
  file = std::make_unique<MappedFile>(path);
  view = view_packed(file->bytes());
}

void write_npy(const std::string& path, const ArrayView& array) {
  const std::string header = npy_header(array.dtype, array.shape);
  write_file(path, std::array<std::string_view, 2>{header, raw(array.bytes)});
}

// What a count grew by; nothing if it shrank, as that of migrations does when a thread ends.
std::optional<std::uint64_t> added(const std::optional<std::uint64_t>& before, const std::optional<std::uint64_t>& after) {
  return before && after && *after >= *before ? std::optional(*after - *before) : std::nullopt;
}

void fill_epoch(const EpochResult& result, Reply& reply) {
  reply.epoch = result.epoch;
  reply.epoch_done = result.done;
  reply.samples = result.samples;
  reply.loss = result.loss;
  reply.accuracy = result.accuracy;
}

// A team of as many threads as there are CPUs for them: one on each, the caller's on the first. Left to itself, Linux wakes two
// threads on one CPU and leaves them there for milliseconds, which is a whole slot, while the other CPU idles. A library that starts
// threads of its own has them where its caller is, which then must be everywhere.
std::unique_ptr<Parallel> make_team(int threads, bool has_own_threads, std::unique_ptr<PinnedThread>& caller) {
  caller.reset();
  const std::vector<int> cpus = allowed_cpus();
  const bool one_each = threads > 1 && !has_own_threads && cpus.size() == static_cast<std::size_t>(threads);
  if (one_each) caller = std::make_unique<PinnedThread>(std::vector<int>{cpus[0]});
  return std::make_unique<Parallel>(threads, [cpus, one_each](int thread) {
    prefer_fast_cores();
    if (one_each) stay_on(cpus[static_cast<std::size_t>(thread)]);
  });
}

}  // namespace

Hello say_hello() {
  const CompiledSlice slice = compiled_slice();
  const BuildInfo& build = build_info();
  Hello hello;
  hello.protocol = kProtocol;
  hello.build_id = build.build_id;
  hello.arch = slice.arch;
  hello.slice = slice.slice;
  hello.translator = own_translator();
  hello.cpu = own_cpu_name();
  hello.cpu_features = own_cpu_features();
  hello.simd = slice.simd;
  if (const std::string blas = blas_library(); !blas.empty()) hello.blas = blas;
  hello.compiler = build.compiler;
  hello.flags = build.flags + " " + slice.flags;
  return hello;
}

Workload& WorkerSession::workload() {
  if (!workload_) throw Error(ErrorKind::internal, "a case must be prepared first");
  return *workload_;
}

Reply WorkerSession::answer(const Request& request) {
  switch (request.verb) {
    case Verb::prepare: return prepare(request);
    case Verb::reference: return reference(request);
    case Verb::verify: return verify(request);
    case Verb::run: return run(request);
    case Verb::dump: return dump(request);
    case Verb::train: return train(request);
    case Verb::evaluate: return evaluate();
    case Verb::profile: return profile(request);
    case Verb::quit: break;
  }
  check(false, "quit is handled by the loop");
  return {};
}

Reply WorkerSession::prepare(const Request& request) {
  workload_.reset();
  trainer_.reset();
  const CaseSpec* spec = find_case_spec(request.case_name);
  spec_ = spec;
  parallel_ = make_team(request.threads, spec && spec->variant == "blas", caller_);
  const bool runs_model = spec && spec->model != ModelFile::none;
  model_file_ = runs_model && !request.data.empty() ? std::make_unique<MappedFile>(request.data) : nullptr;
  map_data(runs_model ? "" : request.data, data_file_, data_);
  map_data(request.evaluation_data, evaluation_file_, evaluation_data_);
  memory_ = request.shared_bytes > 0 ? std::make_unique<SharedMapping>(kSharedDescriptor, request.shared_bytes) : nullptr;
  const WorkloadOptions options{.seed = request.seed,
                                .data = data_file_ ? &data_ : nullptr,
                                .model = model_file_ ? model_file_->bytes() : std::span<const std::byte>(),
                                .memory = memory_ ? memory_->bytes() : std::span<std::byte>(),
                                .parallel = parallel_.get(),
                                .on_thread_start = prefer_fast_cores};
  Reply reply;
  if (request.for_training) {
    trainer_ = std::make_unique<Trainer>(request.case_name, options, evaluation_file_ ? &evaluation_data_ : nullptr);
  } else {
    workload_ = make_workload(request.case_name, options);
    if (request.want_checksum) reply.input_checksum = hexadecimal(input_checksum(*workload_));
  }
  return reply;
}

Reply WorkerSession::reference(const Request& request) {
  const std::optional<Reference> reference = workload().reference();
  Reply reply;
  if (!reference) return reply;
  write_file(request.path, std::array<std::string_view, 2>{raw(reference->values), raw(reference->bounds)});
  reply.dtype = name_of(DType::f64);
  reply.elements = reference->values.size();
  return reply;
}

Reply WorkerSession::verify(const Request& request) {
  if (!request.resume) workload().reset();
  Reply reply;
  const double start = steady_seconds();
  workload().loop();
  reply.loop_s = steady_seconds() - start;
  for (std::uint64_t loop = 1; loop < request.loops; ++loop) workload().loop();
  const NamedArray answer = workload().answer();
  if (!request.path.empty()) write_file(request.path, std::array<std::string_view, 1>{raw(answer.array.bytes)});
  reply.dtype = name_of(answer.array.dtype);
  reply.elements = static_cast<std::uint64_t>(answer.array.shape.elements());
  reply.output_checksum = hexadecimal(workload().output_checksum());
  return reply;
}

Reply WorkerSession::run(const Request& request) {
  if (request.warm_loops > 0) {
    workload().reset();
    for (std::uint64_t loop = 0; loop < request.warm_loops; ++loop) workload().loop();
  }
  workload().reset();
  Reply reply;
  if (request.loops > 0) {
    const std::optional<std::uint64_t> allocated = workload().allocated_bytes();
    const ProcessUsage before = process_usage();
    const SlotTime time = time_slot(workload(), request.loops, request.slowdown);
    const ProcessUsage after = process_usage();
    reply.wall_s = time.wall_s;
    reply.cpu_s = time.cpu_s;
    reply.max_rss_bytes = after.max_rss_bytes;
    if (allocated) reply.allocated_bytes = (*workload().allocated_bytes() - *allocated) / request.loops;
    reply.context_switches = added(before.context_switches, after.context_switches);
    reply.page_faults = added(before.page_faults, after.page_faults);
    reply.migrations = added(before.migrations, after.migrations);
  }
  if (request.want_checksum) reply.output_checksum = hexadecimal(workload().output_checksum());
  return reply;
}

Reply WorkerSession::dump(const Request& request) {
  workload().reset();
  for (const NamedArray& input : workload().inputs()) write_npy(request.path + "/" + input.name + ".npy", input.array);
  for (std::uint64_t loop = 0; loop < request.loops; ++loop) workload().loop();
  const NamedArray answer = workload().answer();
  write_npy(request.path + "/" + answer.name + ".npy", answer.array);
  return {};
}

Reply WorkerSession::train(const Request& request) {
  if (!trainer_) throw Error(ErrorKind::internal, "a case must be prepared for training first");
  Reply reply;
  const double start = steady_seconds(), cpu_start = process_cpu_seconds();
  const EpochResult result = trainer_->run(request.steps);
  reply.wall_s = steady_seconds() - start;
  reply.cpu_s = process_cpu_seconds() - cpu_start;
  fill_epoch(result, reply);
  return reply;
}

Reply WorkerSession::evaluate() {
  if (!trainer_) throw Error(ErrorKind::internal, "a case must be prepared for training first");
  Reply reply;
  fill_epoch(trainer_->evaluate(), reply);
  return reply;
}

Reply WorkerSession::profile(const Request& request) {
  Workload& prepared = workload();
  LoopProfiler profiler(*spec_, prepared, *parallel_);
  Reply reply;
  if (request.loops == 0) {
    reply.profile = profiler.describe();
    return reply;
  }
  workload().reset();
  for (std::uint64_t loop = 0; loop < request.warm_loops; ++loop) workload().loop();
  if (request.warm_loops > 0) workload().reset();
  if (!request.path.empty()) {
    const std::vector<TraceSpan> spans = profiler.trace(request.loops);
    write_file(request.path, std::array<std::string_view, 1>{raw(spans)});
    reply.profile.emplace().spans = spans.size();
    return reply;
  }
  const std::optional<std::uint64_t> temporaries = workload().allocated_bytes();
  const double start = steady_seconds();
  reply.profile = profiler.time(request.loops, request.observe_every);
  reply.wall_s = steady_seconds() - start;
  if (temporaries) reply.allocated_bytes = (*workload().allocated_bytes() - *temporaries) / request.loops;
  reply.max_rss_bytes = process_usage().max_rss_bytes;
  if (request.want_checksum) reply.output_checksum = hexadecimal(workload().output_checksum());
  return reply;
}

}  // namespace m1bench
