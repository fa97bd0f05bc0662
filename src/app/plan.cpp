// SPDX-License-Identifier: Apache-2.0
#include "app/plan.hpp"

#include <algorithm>
#include <thread>

#include "m1bench/core/error.hpp"
#include "result/shard.hpp"

namespace m1bench {
namespace {

RateUnit unit_of(Rate rate) {
  switch (rate) {
    case Rate::flops: return RateUnit::flops;
    case Rate::ops: return RateUnit::ops;
    case Rate::bytes: return RateUnit::bytes;
    case Rate::samples: break;
  }
  return RateUnit::samples;
}

// The part of `cases` that is this shard's.
std::vector<const CaseSpec*> cases_of_shard(const std::vector<const CaseSpec*>& cases, const std::string& text) {
  const auto shard = parse_shard(text);
  if (!shard) throw Error(ErrorKind::usage, "--shard takes I/N with 1 <= I <= N, not '" + text + "'");
  std::vector<const CaseSpec*> part;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    if (shard->has(i)) part.push_back(cases[i]);
  }
  if (part.empty()) {
    const std::string count = std::to_string(cases.size());
    throw Error(ErrorKind::usage, "--shard " + text + " has no case, because only " + count + (cases.size() == 1 ? " is" : " are") +
                                      " chosen; use no more shards than cases");
  }
  return part;
}

// Without --model what runs it is left out, unless it is asked for by its name or nothing else is.
std::vector<const CaseSpec*> with_or_without_model(std::vector<const CaseSpec*> cases, const Options& options) {
  const auto runs_it = [](const CaseSpec* spec) { return spec->model == ModelFile::given; };
  const auto found = std::find_if(cases.begin(), cases.end(), runs_it);
  if (!options.model.empty()) {
    if (found != cases.end()) return cases;
    throw Error(ErrorKind::usage, "--model is given, but no chosen case runs it; name infer/tflite too, or leave it out");
  }
  if (found == cases.end()) return cases;
  const bool named = std::find(options.patterns.begin(), options.patterns.end(), (*found)->name) != options.patterns.end();
  if (named || std::all_of(cases.begin(), cases.end(), runs_it)) {
    throw Error(ErrorKind::usage, (*found)->name + " runs a model of your own; name its file with --model FILE.tflite");
  }
  std::erase_if(cases, runs_it);
  return cases;
}

// One case of each kind that an instruction set could matter to, from products to what only waits for memory.
std::vector<std::string> tier_patterns() {
  return {"matmul/f32/256", "matmul/i8/1024", "conv2d/f32/resnet-28", "conv2d/f32/mnist", "elementwise/add", "elementwise/exp",
          "softmax/32x1000", "train/mnist-mlp", "infer/mnist-cnn-int8", "bound/f32", "bound/i8"};
}

std::vector<const CaseSpec*> chosen_cases(const Options& options) {
  const auto named = !options.patterns.empty()    ? cases_matching(options.patterns, options.all_variants)
                     : options.command == "tiers" ? cases_matching(tier_patterns(), false)
                                                  : cases_in_set(options.set.empty() ? "core" : options.set);
  const auto cases = with_or_without_model(named, options);
  return options.shard.empty() ? cases : cases_of_shard(cases, options.shard);
}

// Translators of the user's own come first: what somebody took the trouble to name is what they want by default.
std::vector<Translator> all_translators(const Options& options, const LaunchHost& host) {
  std::vector<Translator> translators;
  for (const std::string& text : options.translators) translators.push_back(parse_translator(text, host));
  for (Translator& row : translators_for(host)) translators.push_back(std::move(row));
  return translators;
}

std::size_t index_of(const std::vector<Target>& targets, const Target& target) { return static_cast<std::size_t>(&target - targets.data()); }

void add_once(std::vector<std::size_t>& indices, std::size_t index) {
  if (std::find(indices.begin(), indices.end(), index) == indices.end()) indices.push_back(index);
}

}  // namespace

int parse_threads(const std::string& text) {
  constexpr int kMostThreads = 1024;
  if (text == "max") return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  const bool digits = !text.empty() && text.size() <= 4 && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  const int threads = digits ? std::stoi(text) : 0;
  if (threads < 1 || threads > kMostThreads) {
    throw Error(ErrorKind::usage, "--threads takes a number from 1 to " + std::to_string(kMostThreads) + ", or max, not '" + text + "'");
  }
  return threads;
}

Plan make_plan(const Options& options, const LaunchHost& host, const std::vector<SliceFile>& slices) {
  Plan plan;
  plan.cases = chosen_cases(options);
  plan.targets = known_targets(host, slices, all_translators(options, host));
  for (const std::string& text : options.environment) apply_environment(plan.targets, text);
  for (const std::string& name : options.targets) {
    Target& target = find_target_named(plan.targets, name);
    target.named = true;
    add_once(plan.wanted, index_of(plan.targets, target));
  }
  if (!options.baseline.empty()) {
    Target& target = find_target_named(plan.targets, options.baseline);
    target.named = true;
    plan.baseline = target.name;
    if (!plan.wanted.empty()) add_once(plan.wanted, index_of(plan.targets, target));
  }
  plan.tiers = options.command == "tiers";
  plan.seed = options.seed.value_or(1);
  plan.threads = parse_threads(options.threads);
  return plan;
}

Case case_of(const CaseSpec& spec, std::uint64_t seed, int threads) {
  Case item;
  item.name = spec.name;
  item.family = spec.family;
  item.dtype = spec.dtype;
  item.variant = spec.variant;
  item.rate = unit_of(spec.rate);
  item.flop = spec.flop * (spec.per_thread ? threads : 1);
  item.bytes = spec.bytes;
  item.samples = spec.samples;
  item.seed = seed;
  item.threads = threads;
  item.parameters.insert(spec.parameters.begin(), spec.parameters.end());
  return item;
}

bool probe(Target& target, WorkerFactory& workers, double timeout_s) {
  if (!target.available || target.hello) return true;
  auto started = workers.start(target, {}, timeout_s);
  if (auto* death = std::get_if<Death>(&started)) {
    target.available = false;
    target.cause = death->cause;
    target.remedy = death->remedy;
    return !death->interrupted;
  }
  Worker& worker = *std::get<std::unique_ptr<Worker>>(started);
  target.hello = worker.hello();
  worker.quit();
  return true;
}

Chosen choose_targets(Plan& plan, const LaunchHost& host, WorkerFactory& workers, double timeout_s, Run& run) {
  for (Target& target : plan.targets) {
    if (target.translator == "native" && !probe(target, workers, timeout_s)) return {std::nullopt, true};
  }
  if (plan.wanted.empty()) plan.wanted = plan.tiers ? tier_targets(plan.targets) : default_targets(plan.targets, host);
  if (!plan.baseline.empty()) add_once(plan.wanted, index_of(plan.targets, find_target_named(plan.targets, plan.baseline)));
  for (const std::size_t i : plan.wanted) {
    if (!probe(plan.targets[i], workers, timeout_s)) return {std::nullopt, true};
    run.targets.push_back(plan.targets[i]);
  }
  const Target* native = best_native(plan.targets);
  // The best native tier of those that are compared is the baseline, wherever it was put in the list.
  const Target* first = best_native(run.targets);
  for (const Target& target : run.targets) {
    if (!first && target.available) first = &target;
  }
  if (!first) {
    const Target& lost = run.targets.empty() ? plan.targets.front() : run.targets.front();
    throw Error(ErrorKind::target, "no target can run here: " + lost.name + ": " + lost.cause +
                                       (lost.remedy.empty() ? "" : "; " + lost.remedy) + " (`m1bench list targets` shows them all)");
  }
  run.session.baseline = plan.baseline.empty() ? first->name : plan.baseline;
  return {native ? *native : *first, false};
}

}  // namespace m1bench
