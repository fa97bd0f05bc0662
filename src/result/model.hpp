// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Everything one invocation records, as plain data: one Run is one JSON document (docs/result-schema.md). Times are in
// seconds. What could not be known is empty, never a guess.
namespace m1bench {

inline constexpr int kSchemaVersion = 1;

struct Tool {
  std::string version;
  std::string commit;      // "" outside a git checkout
  bool dirty = false;
  std::string build_id;    // hash of the sources; the same in every slice of one build
  std::string build_type;
  std::string compiler;
  std::string flags;
  bool strict_fp = false;
  std::map<std::string, std::string> libraries;  // name -> version
  std::optional<std::string> translator;         // what ran the driver itself: "native", or a translator's name
};

struct CpuLevel {
  std::string name;        // "Performance"; "" where there is one level
  int cores = 0;
  std::optional<std::uint64_t> l1d_bytes, l2_bytes, l3_bytes;
};

// What may change while a run goes on and would disturb it.
struct Conditions {
  std::optional<double> load_average;       // one minute
  std::optional<double> steal_s;            // CPU seconds that a hypervisor gave to others, since boot, all CPUs
  std::map<std::string, double> thermal_c;  // zone -> degrees Celsius
  std::optional<std::string> thermal_pressure;  // macOS: "nominal", "moderate", "heavy", "trapping", "sleeping"
  std::optional<bool> on_battery, low_power;
};

struct Machine {
  std::optional<std::string> id;  // the same for every run on this machine and useless for anything else: a salted hash
  std::string os;          // "Debian GNU/Linux 12 (bookworm)", "macOS 15.6 (24G84)"
  std::string kernel;
  std::string arch;        // of the machine itself: "x86_64", "arm64"
  std::string cpu;
  std::optional<std::string> model;    // macOS: "MacBookPro18,1"
  int logical_cpus = 0;
  std::vector<CpuLevel> levels;
  std::optional<std::uint64_t> memory_bytes;
  std::optional<std::string> virtual_machine;
  std::optional<std::string> governor;
  std::optional<bool> turbo, smt;
  std::optional<double> cpu_limit;     // CPUs' worth of time that a control group allows
  double timer_resolution_s = 0;
  std::optional<std::uint64_t> timebase_hz;  // macOS: of the clock that the kernel counts time in
  Conditions before, after;            // at the session's start and end
};

// What a worker says of itself in `hello`; the driver refuses one that is not what was asked for.
struct Hello {
  int protocol = 0;
  std::string build_id;
  std::string arch;             // compiled: "x86_64", "arm64"
  std::string slice;            // compiled: "x86_64-v3"
  std::string translator;       // as seen from inside: "native" or a translator's name
  std::string cpu;              // as the slice sees it
  std::string cpu_features;     // tiers the CPU advertises: "x86_64-v2 x86_64-v3"
  std::string simd;             // what Eigen was compiled to use
  std::string compiler;
  std::string flags;
  std::string note;             // what the worker printed before hello, at most 4 KiB
  std::optional<std::string> blas;  // library of the variant `blas` and its kernels: "OpenBLAS 0.3.21 SkylakeX"
};

// How a target was launched and what it proved to be.
struct Target {
  std::string name;                  // "arm64/qemu-user"
  std::string slice;                 // "arm64"
  std::string translator;            // "qemu-user"
  std::vector<std::string> command;  // words, the translator's first, `worker` last
  std::map<std::string, std::string> environment;  // what --env and the translator's row set
  bool named = false;                // the user asked for it by name
  bool available = false;
  std::string cause, remedy;         // why not, and what to do about it
  std::optional<Hello> hello;
  std::optional<std::string> translator_version;
  std::string side;                  // "control": a second copy of the baseline; "base" or "head": of `ab`; else ""
  std::optional<std::string> sha256; // of the executable
  std::optional<double> cold_start_s;  // the very first launch of this build on this machine: spawn to hello
  std::map<std::string, double> slowdown;  // case -> factor, where a test asked for one
};

enum class RateUnit { flops, ops, bytes, samples };  // how a case's speed is told: GFLOP/s, GOP/s, GB/s, us/sample

struct Case {
  std::string name;       // "matmul/f32/1000"
  std::string family;     // "matmul"
  std::string dtype;      // "f32"
  std::string variant;    // "eigen"
  RateUnit rate = RateUnit::flops;
  double flop = 0;        // per loop; operations on integers, if the rate is `ops`
  double bytes = 0;       // read plus written per loop
  double samples = 0;     // rows per loop, for training
  std::uint64_t seed = 0;
  int threads = 1;
  std::map<std::string, std::string> parameters;  // "m" -> "1000"
};

enum class CheckStatus { right, wrong, failed, skipped };

// One case on one target before any timing: was the answer right, and how long is one loop.
struct Verification {
  std::string case_name, target;
  CheckStatus status = CheckStatus::skipped;
  std::string cause, remedy;         // for wrong, failed and skipped
  std::string input_checksum, output_checksum;  // hexadecimal
  double worst_error = 0;            // of the element nearest to or beyond its bound
  double worst_bound = 0;
  std::optional<double> zero_share;  // of the answer's elements, those that are zero or denormal
  double loop_s = 0;                 // the verified loop, which is also the first
  std::uint64_t loops = 0;           // calibrated loops of a slot
  bool slow = false;                 // one loop over half a second: one slot of one loop per block
  std::vector<double> losses;        // training cases: the verified steps
};

// What the operating system counted for a target during turns of a block, of this machine's CPU whatever it translates.
struct Counters {
  std::uint64_t loops = 0;           // in these turns, the untimed ones included
  double wall_s = 0;                 // of these turns, as the driver saw them
  std::optional<std::uint64_t> instructions, cycles;  // of the loops; on Linux in user mode only
  std::optional<double> energy_j;    // macOS: of the process; Linux: of the CPU packages, whoever used them
  std::optional<double> performance_core_share;       // of the CPU time
  std::optional<std::uint64_t> peak_footprint_bytes;  // of the worker so far; macOS
};

struct TargetBlock {
  std::string target;
  int position = 0;                  // in the spawning order of this block
  std::uint64_t loops = 0;           // per slot
  std::vector<double> wall_s, cpu_s; // per slot, whole slot
  std::optional<std::uint64_t> max_rss_bytes;
  std::optional<std::uint64_t> allocated_bytes;  // per loop, for temporaries; of cases that count them
  std::optional<std::uint64_t> context_switches, page_faults, migrations;
  std::optional<Counters> counters;
  std::string checksum;
};

// One visit of one case: a fresh worker per target, their slots alternating.
struct Block {
  int round = 0;
  std::string case_name;
  double start_s = 0;                // since the session's start (its shard's, in a merged run)
  std::vector<int> cpus;             // where the workers were pinned; empty where they were not
  int stage = 1;                     // 2: the fresh sample on which `ab` decides
  std::optional<double> canary_s;    // how long a fixed loop took right after the block
  bool superseded = false;           // the machine drifted; the next block of this case stands in for it
  std::vector<int> turns;            // whose slot it was, one after the other, as indices into `targets`
  std::vector<TargetBlock> targets;
};

// A worker that died or misbehaved after verification.
struct Failure {
  std::string case_name, target;
  std::string cause, remedy;
};

// Something a reader should know before believing a number. Recomputed from the rest of the run by every report.
struct Warning {
  std::string code;               // "few-blocks": a row of the table in analysis/warnings
  std::string case_name, target;  // what it concerns; "" for all
  std::string message, remedy;
};

// One shard of a merged run, which may have been measured on a machine of its own.
struct MergedShard {
  std::string session;                // its id
  std::string started, ended, stop_reason;
  Machine machine;
};

struct Session {
  std::string id;        // random, hexadecimal
  std::string started, ended;  // UTC, ISO 8601
  std::uint64_t seed = 0;
  std::vector<std::string> arguments;
  std::string command;   // "all", "run"
  std::string set;       // "core", "full", "" for patterns
  bool quick = false, thorough = false;
  std::string shard;        // "2/3": every third case from the second on; "" for all of them
  std::vector<MergedShard> merged;  // of a run put together from shards: these, in order; cases[i] is of merged[i % size]
  double budget_s = 0;
  int threads = 1;
  std::string baseline;  // target name
  std::string stop_reason;  // "precision", "budget", "interrupted", ...
  std::map<std::string, double> time_spent_s;  // "verify", "warm-up", "slots", ...
  std::optional<double> spawn_s;  // launching an empty program, where programs of the user's were timed
};

struct Run {
  // Out of line: the code that copies and destroys all of this is long, and would be compiled wherever a run is held.
  Run();
  Run(const Run&);
  Run(Run&&) noexcept;
  Run& operator=(const Run&);
  Run& operator=(Run&&) noexcept;
  ~Run();

  int schema_version = kSchemaVersion;
  Tool tool;
  Session session;
  Machine machine;
  std::vector<Target> targets;
  std::vector<Case> cases;
  std::vector<Verification> verifications;
  std::vector<Block> blocks;
  std::vector<Failure> failures;
  std::vector<Warning> warnings;
};

const Target* find_target(const Run& run, const std::string& name);
const Case* find_case(const Run& run, const std::string& name);

// Whether its answer is the losses of its first steps, which are compared between targets because nothing else is right.
bool answers_with_losses(const Case& item);

// Whether its loop is the launch of a worker, which the driver times, and not something that a worker does.
bool times_launches(const Case& item);

// Whether its loop is the execution of a program of the user's own (`exec`), of which nothing is known but what it prints.
bool runs_program(const Case& item);

// Whether its times are what a Google Benchmark program told of itself, per iteration.
bool is_told_by_program(const Case& item);

// Whether it measures what a target can reach at all, against which other cases are set.
bool is_bound(const Case& item);

// Where it was measured: every shard's machine of a merged run, in their order, else its one machine.
std::vector<const Machine*> machines_of(const Run& run);

// The target that this one's ratios are taken against: base:X for head:X, else the baseline. "" for one that others are
// compared with.
std::string compared_with(const Run& run, const Target& target);
// "arm64/native" of "head:arm64/native"
std::string_view without_side(std::string_view target);
const Verification* find_verification(const Run& run, const std::string& case_name, const std::string& target);

}  // namespace m1bench
