// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <concepts>
#include <string_view>
#include <type_traits>

#include "result/model.hpp"
#include "result/wire.hpp"

// The one list of what is written to a run file and to the wire, under which key: both directions walk it, so they cannot
// drift apart. `visit(key, member)` is called for each field in the order of the file; `visit.any(key, member)` where the
// number may also be negative or not finite (a loss that diverged, the error of an answer that is not a number).
namespace m1bench {

template <class T, class Plain>
concept Is = std::same_as<std::remove_const_t<T>, Plain>;

constexpr auto names_of(RateUnit) { return std::to_array<std::string_view>({"flops", "ops", "bytes", "samples"}); }
constexpr auto names_of(CheckStatus) { return std::to_array<std::string_view>({"right", "wrong", "failed", "skipped"}); }
constexpr auto names_of(Verb) {
  return std::to_array<std::string_view>({"prepare", "reference", "verify", "run", "dump", "train", "evaluate", "profile", "quit"});
}

template <class V>
void visit_fields(Is<Tool> auto& tool, V&& visit) {
  visit("version", tool.version);
  visit("commit", tool.commit);
  visit("dirty", tool.dirty);
  visit("build_id", tool.build_id);
  visit("build_type", tool.build_type);
  visit("compiler", tool.compiler);
  visit("flags", tool.flags);
  visit("strict_fp", tool.strict_fp);
  visit("libraries", tool.libraries);
  visit("translator", tool.translator);
}

template <class V>
void visit_fields(Is<MergedShard> auto& shard, V&& visit) {
  visit("session", shard.session);
  visit("started", shard.started);
  visit("ended", shard.ended);
  visit("stop_reason", shard.stop_reason);
  visit("machine", shard.machine);
}

template <class V>
void visit_fields(Is<Session> auto& session, V&& visit) {
  visit("id", session.id);
  visit("started", session.started);
  visit("ended", session.ended);
  visit("seed", session.seed);
  visit("arguments", session.arguments);
  visit("command", session.command);
  visit("set", session.set);
  visit("quick", session.quick);
  visit("thorough", session.thorough);
  visit("shard", session.shard);
  visit("merged", session.merged);
  visit("budget_s", session.budget_s);
  visit("threads", session.threads);
  visit("baseline", session.baseline);
  visit("stop_reason", session.stop_reason);
  visit("time_spent_s", session.time_spent_s);
  visit("spawn_s", session.spawn_s);
}

template <class V>
void visit_fields(Is<CpuLevel> auto& level, V&& visit) {
  visit("name", level.name);
  visit("cores", level.cores);
  visit("l1d_bytes", level.l1d_bytes);
  visit("l2_bytes", level.l2_bytes);
  visit("l3_bytes", level.l3_bytes);
}

template <class V>
void visit_fields(Is<Conditions> auto& conditions, V&& visit) {
  visit("load_average", conditions.load_average);
  visit("steal_s", conditions.steal_s);
  visit.any("thermal_c", conditions.thermal_c);
  visit("thermal_pressure", conditions.thermal_pressure);
  visit("on_battery", conditions.on_battery);
  visit("low_power", conditions.low_power);
}

template <class V>
void visit_fields(Is<Machine> auto& machine, V&& visit) {
  visit("id", machine.id);
  visit("os", machine.os);
  visit("kernel", machine.kernel);
  visit("arch", machine.arch);
  visit("cpu", machine.cpu);
  visit("model", machine.model);
  visit("logical_cpus", machine.logical_cpus);
  visit("levels", machine.levels);
  visit("memory_bytes", machine.memory_bytes);
  visit("virtual_machine", machine.virtual_machine);
  visit("governor", machine.governor);
  visit("turbo", machine.turbo);
  visit("smt", machine.smt);
  visit("cpu_limit", machine.cpu_limit);
  visit("timer_resolution_s", machine.timer_resolution_s);
  visit("timebase_hz", machine.timebase_hz);
  visit("before", machine.before);
  visit("after", machine.after);
}

template <class V>
void visit_fields(Is<Hello> auto& hello, V&& visit) {
  visit("protocol", hello.protocol);
  visit("build_id", hello.build_id);
  visit("arch", hello.arch);
  visit("slice", hello.slice);
  visit("translator", hello.translator);
  visit("cpu", hello.cpu);
  visit("cpu_features", hello.cpu_features);
  visit("simd", hello.simd);
  visit("compiler", hello.compiler);
  visit("flags", hello.flags);
  visit("note", hello.note);
  visit("blas", hello.blas);
}

template <class V>
void visit_fields(Is<Target> auto& target, V&& visit) {
  visit("name", target.name);
  visit("slice", target.slice);
  visit("translator", target.translator);
  visit("command", target.command);
  visit("environment", target.environment);
  visit("named", target.named);
  visit("available", target.available);
  visit("cause", target.cause);
  visit("remedy", target.remedy);
  visit("hello", target.hello);
  visit("translator_version", target.translator_version);
  visit("side", target.side);
  visit("sha256", target.sha256);
  visit("cold_start_s", target.cold_start_s);
  visit("slowdown", target.slowdown);
}

template <class V>
void visit_fields(Is<Case> auto& item, V&& visit) {
  visit("name", item.name);
  visit("family", item.family);
  visit("dtype", item.dtype);
  visit("variant", item.variant);
  visit("rate", item.rate);
  visit("flop", item.flop);
  visit("bytes", item.bytes);
  visit("samples", item.samples);
  visit("seed", item.seed);
  visit("threads", item.threads);
  visit("parameters", item.parameters);
}

template <class V>
void visit_fields(Is<Verification> auto& check, V&& visit) {
  visit("case", check.case_name);
  visit("target", check.target);
  visit("status", check.status);
  visit("cause", check.cause);
  visit("remedy", check.remedy);
  visit("input_checksum", check.input_checksum);
  visit("output_checksum", check.output_checksum);
  visit.any("worst_error", check.worst_error);
  visit.any("worst_bound", check.worst_bound);
  visit("zero_share", check.zero_share);
  visit("loop_s", check.loop_s);
  visit("loops", check.loops);
  visit("slow", check.slow);
  visit.any("losses", check.losses);
}

template <class V>
void visit_fields(Is<Counters> auto& counters, V&& visit) {
  visit("loops", counters.loops);
  visit("wall_s", counters.wall_s);
  visit("instructions", counters.instructions);
  visit("cycles", counters.cycles);
  visit("energy_j", counters.energy_j);
  visit("performance_core_share", counters.performance_core_share);
  visit("peak_footprint_bytes", counters.peak_footprint_bytes);
}

template <class V>
void visit_fields(Is<TargetBlock> auto& entry, V&& visit) {
  visit("target", entry.target);
  visit("position", entry.position);
  visit("loops", entry.loops);
  visit("wall_s", entry.wall_s);
  visit("cpu_s", entry.cpu_s);
  visit("max_rss_bytes", entry.max_rss_bytes);
  visit("allocated_bytes", entry.allocated_bytes);
  visit("context_switches", entry.context_switches);
  visit("page_faults", entry.page_faults);
  visit("migrations", entry.migrations);
  visit("counters", entry.counters);
  visit("checksum", entry.checksum);
}

template <class V>
void visit_fields(Is<Block> auto& block, V&& visit) {
  visit("round", block.round);
  visit("case", block.case_name);
  visit("start_s", block.start_s);
  visit("cpus", block.cpus);
  visit("stage", block.stage);
  visit("canary_s", block.canary_s);
  visit("superseded", block.superseded);
  visit("turns", block.turns);
  visit("targets", block.targets);
}

template <class V>
void visit_fields(Is<Failure> auto& failure, V&& visit) {
  visit("case", failure.case_name);
  visit("target", failure.target);
  visit("cause", failure.cause);
  visit("remedy", failure.remedy);
}

template <class V>
void visit_fields(Is<Warning> auto& warning, V&& visit) {
  visit("code", warning.code);
  visit("case", warning.case_name);
  visit("target", warning.target);
  visit("message", warning.message);
  visit("remedy", warning.remedy);
}

template <class V>
void visit_fields(Is<Run> auto& run, V&& visit) {
  visit("schema_version", run.schema_version);
  visit("tool", run.tool);
  visit("session", run.session);
  visit("machine", run.machine);
  visit("targets", run.targets);
  visit("cases", run.cases);
  visit("verifications", run.verifications);
  visit("blocks", run.blocks);
  visit("failures", run.failures);
  visit("warnings", run.warnings);
}

template <class V>
void visit_fields(Is<ProfiledOperation> auto& operation, V&& visit) {
  visit("name", operation.name);
  visit("kind", operation.kind);
  visit("pass", operation.pass);
  visit("dtype", operation.dtype);
  visit("flop", operation.flop);
  visit("bytes", operation.bytes);
}

template <class V>
void visit_fields(Is<ProfileReply> auto& profile, V&& visit) {
  visit("operations", profile.operations);
  visit("empty_span_s", profile.empty_span_s);
  visit("observation_s", profile.observation_s);
  visit("operation_s", profile.operation_s);
  visit("observed_loops", profile.observed_loops);
  visit("observed_s", profile.observed_s);
  visit("allocations", profile.allocations);
  visit("allocated_bytes", profile.allocated_bytes);
  visit("spans", profile.spans);
}

template <class V>
void visit_fields(Is<Request> auto& request, V&& visit) {
  visit("verb", request.verb);
  visit("case", request.case_name);
  visit("seed", request.seed);
  visit("threads", request.threads);
  visit("data", request.data);
  visit("evaluation_data", request.evaluation_data);
  visit("path", request.path);
  visit("loops", request.loops);
  visit("warm_loops", request.warm_loops);
  visit("slowdown", request.slowdown);
  visit("want_checksum", request.want_checksum);
  visit("shared_bytes", request.shared_bytes);
  visit("resume", request.resume);
  visit("for_training", request.for_training);
  visit("steps", request.steps);
  visit("observe_every", request.observe_every);
}

template <class V>
void visit_fields(Is<Reply> auto& reply, V&& visit) {
  visit("error", reply.error);
  visit("hello", reply.hello);
  visit("input_checksum", reply.input_checksum);
  visit("dtype", reply.dtype);
  visit("elements", reply.elements);
  visit("loop_s", reply.loop_s);
  visit("output_checksum", reply.output_checksum);
  visit("wall_s", reply.wall_s);
  visit("cpu_s", reply.cpu_s);
  visit("max_rss_bytes", reply.max_rss_bytes);
  visit("allocated_bytes", reply.allocated_bytes);
  visit("context_switches", reply.context_switches);
  visit("page_faults", reply.page_faults);
  visit("migrations", reply.migrations);
  visit("epoch", reply.epoch);
  visit("epoch_done", reply.epoch_done);
  visit("samples", reply.samples);
  visit.any("loss", reply.loss);
  visit("accuracy", reply.accuracy);
  visit("profile", reply.profile);
}

}  // namespace m1bench
