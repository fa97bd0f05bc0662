// SPDX-License-Identifier: Apache-2.0
// Each row of the table of warnings, provoked and not.
#include <gtest/gtest.h>

#include <cmath>
#include <set>
#include <string>

#include "analysis/warning_runs.hpp"
#include "analysis/warnings.hpp"

namespace m1bench {
namespace {

// Sorted, with blanks between them.
std::string codes_text(const m1bench::Run& run) {
  std::string text;
  for (const std::string& code : warning_codes(run)) text += (text.empty() ? "" : " ") + code;
  return text;
}

// Changes every entry of one case on one target; `change` gets the block and the entry.
template <class Change>
void each_entry(m1bench::Run& run, const std::string& case_name, const std::string& target, Change change) {
  for (Block& block : run.blocks) {
    for (TargetBlock& entry : block.targets) {
      if (block.case_name == case_name && entry.target == target) change(block, entry);
    }
  }
}

// Makes blocks of case/2 on kQuietOther longer or shorter: `log_factor` gets the block's number.
template <class LogFactor>
void bend(m1bench::Run& run, LogFactor log_factor) {
  each_entry(run, "case/2", kQuietOther, [&](Block& block, TargetBlock& entry) {
    for (double& wall : entry.wall_s) wall *= std::exp(log_factor(block, entry));
    entry.cpu_s = entry.wall_s;
  });
}

void keep_blocks(m1bench::Run& run, const std::string& case_name, int count) {
  std::erase_if(run.blocks, [&](const Block& block) { return block.case_name == case_name && block.round >= count; });
}

int position_of(const Block& block, const char* target) {
  for (const TargetBlock& entry : block.targets) {
    if (entry.target == target) return entry.position;
  }
  return -1;
}

void hours_apart(m1bench::Run& run, const char* ended) {
  run.session.merged = {{"a", run.session.started, "", "precision", run.machine}, {"b", "", ended, "precision", run.machine}};
  run.session.ended = ended;
}

// As if the targets were programs of the user's own.
void make_programs(m1bench::Run& run) {
  for (Case& item : run.cases) item.family = "exec";
  for (Target& target : run.targets) target.hello.reset();
}

void set_drift(m1bench::Run& run, int blocks) {
  for (int i = 0; i < blocks; ++i) run.blocks[static_cast<std::size_t>(7 * i)].canary_s = i % 2 == 0 ? 0.0056 : 0.0044;
}

void stretch_wall(m1bench::Run& run, int slots_of_each_entry) {
  each_entry(run, "case/2", kQuietOther, [&](Block&, TargetBlock& entry) {
    for (int i = 0; i < slots_of_each_entry; ++i)
      entry.cpu_s[static_cast<std::size_t>(i)] = entry.wall_s[static_cast<std::size_t>(i)] / 1.06;
  });
}

void shorten(m1bench::Run& run, double share) {
  each_entry(run, "case/2", kQuietOther, [&](Block&, TargetBlock& entry) {
    for (double& wall : entry.wall_s) wall *= share;
    entry.cpu_s = entry.wall_s;
    entry.loops = static_cast<std::uint64_t>(static_cast<double>(entry.loops) * share);
  });
}

// Slots evenly spread over this share of their middle one.
void spread(m1bench::Run& run, double share) {
  each_entry(run, "case/2", kQuietOther, [&](Block&, TargetBlock& entry) {
    const double middle = entry.wall_s[0];
    const std::size_t count = entry.wall_s.size();
    for (std::size_t i = 0; i < count; ++i)
      entry.wall_s[i] = middle * (1 + share * (static_cast<double>(7 * i % count) / static_cast<double>(count - 1) - 0.5));
    entry.cpu_s = entry.wall_s;
  });
}

// Whatever is named in `codes`, a blank between two, and nothing else, is found after `spoil`.
struct Spoiled {
  const char* codes;
  const char* how;
  void (*spoil)(m1bench::Run& run);
};

const Spoiled kSpoiled[] = {
    {"not-verified", "a verification taken out",
     [](m1bench::Run& run) { run.verifications.erase(run.verifications.begin() + 4); }},
    {"slice-not-proven", "no hello", [](m1bench::Run& run) { run.targets[2].hello.reset(); }},
    {"slice-not-proven", "native seen as translated", [](m1bench::Run& run) { run.targets[1].hello->translator = "rosetta2"; }},
    {"slice-not-proven", "another slice", [](m1bench::Run& run) { run.targets[2].hello->slice = "arm64-dotprod"; }},
    {"slowed", "a slowdown", [](m1bench::Run& run) { run.targets[1].slowdown["case/2"] = 1.05; }},
    {"idle-output", "an answer of zeros", [](m1bench::Run& run) { run.verifications[2].zero_share = 0.91; }},
    {"debug-build", "a debug build", [](m1bench::Run& run) { run.tool.build_type = "Debug"; }},
    {"debug-build", "a sanitizer",
     [](m1bench::Run& run) {
       for (Target& target : run.targets) target.hello->flags = "-O2 -fsanitize=address";
     }},
    {"unlike-builds", "another flag", [](m1bench::Run& run) { run.targets[2].hello->flags = "-O2 -DNDEBUG -march=armv8-a"; }},
    {"unlike-builds", "another compiler", [](m1bench::Run& run) { run.targets[2].hello->compiler = "GNU 13.1.0"; }},
    {"unlike-builds", "another build", [](m1bench::Run& run) { run.targets[1].hello->build_id = "0"; }},
    {"translated-driver", "a driver under Rosetta", [](m1bench::Run& run) { run.tool.translator = "rosetta2"; }},
    {"native-tso", "Rosetta for Linux", [](m1bench::Run& run) { run.targets[2].translator = "rosetta-linux"; }},
    {"isa-unlisted", "a hidden tier",
     [](m1bench::Run& run) { run.targets[0].hello->cpu_features = run.targets[1].hello->cpu_features = "x86_64-v2 x86_64-v3"; }},
    {"isa-unlisted", "a low baseline", [](m1bench::Run& run) { run.session.baseline = kQuietOther; }},
    {"vendor-library", "a vendor's library", [](m1bench::Run& run) { run.cases[3].variant = "blas"; }},
    {"interrupted", "Ctrl-C", [](m1bench::Run& run) { run.session.stop_reason = "interrupted"; }},
    {"interrupted", "Ctrl-C in a shard",
     [](m1bench::Run& run) {
       hours_apart(run, "2025-03-05T00:03:00Z");
       run.session.merged[1].stop_reason = "interrupted";
     }},
    {"merged-unlike", "two machines",
     [](m1bench::Run& run) {
       hours_apart(run, "2025-03-05T00:03:00Z");
       run.session.merged[1].machine.id = "4567";
     }},
    {"merged-unlike", "two days", [](m1bench::Run& run) { hours_apart(run, "2025-03-06T00:03:00Z"); }},
    {"canary-drift", "canaries off", [](m1bench::Run& run) { set_drift(run, 10); }},
    {"canary-drift", "blocks repeated",
     [](m1bench::Run& run) {
       for (std::size_t i = 0; i < 10; ++i) run.blocks[9 * i].superseded = true;
     }},
    {"high-load", "busy before", [](m1bench::Run& run) { run.machine.before.load_average = 2.1; }},
    {"high-load", "busy after", [](m1bench::Run& run) { run.machine.after.load_average = 3.1; }},
    {"steal", "a greedy neighbour", [](m1bench::Run& run) { run.machine.after.steal_s = 25.1; }},
    {"battery", "unplugged", [](m1bench::Run& run) { run.machine.after.on_battery = true; }},
    {"low-power", "saving power", [](m1bench::Run& run) { run.machine.before.low_power = true; }},
    {"hot", "a hot zone", [](m1bench::Run& run) { run.machine.after.thermal_c["cpu"] = 86; }},
    {"hot", "thermal pressure", [](m1bench::Run& run) { run.machine.after.thermal_pressure = "moderate"; }},
    {"stolen-time", "waiting slots", [](m1bench::Run& run) { stretch_wall(run, 7); }},
    {"migrations", "moved workers",
     [](m1bench::Run& run) {
       each_entry(run, "case/2", kQuietOther,
                  [](Block& block, TargetBlock& entry) { entry.migrations = block.round < 9 ? 1 : 0; });
     }},
    {"short-slots", "2.3 ms", [](m1bench::Run& run) { shorten(run, 0.43); }},
    {"short-slots", "a coarse timer", [](m1bench::Run& run) { run.machine.timer_resolution_s = 50e-6; }},
    {"short-program", "a program hardly longer than its launch",
     [](m1bench::Run& run) {
       make_programs(run);
       run.session.spawn_s = 0.001;
     }},
    {"slot-spread", "uneven slots", [](m1bench::Run& run) { spread(run, 0.25); }},
    {"not-warm", "cold first slots",
     [](m1bench::Run& run) {
       each_entry(run, "case/2", kQuietOther, [](Block&, TargetBlock& entry) { entry.wall_s[0] *= 1.02; });
     }},
    {"few-blocks", "a short run", [](m1bench::Run& run) { keep_blocks(run, "case/2", 11); }},
    {"wide-interval", "noisy blocks",
     [](m1bench::Run& run) {
       bend(run, [](const Block& block, const TargetBlock&) { return 0.02 * (block.round * 7 % 16 - 7.5) / 7.5; });
     }},
    {"wide-interval", "a thorough run",
     [](m1bench::Run& run) {
       run.session.thorough = true;
       bend(run, [](const Block& block, const TargetBlock&) { return 0.012 * (block.round * 7 % 16 - 7.5) / 7.5; });
     }},
    // Of 40 blocks 16 lie at 0, as many at 1 and the rest far above: two thirds of what a trim leaves are ones, but most pairs
    // have a mean of 1 and more.
    {"estimators-differ", "a lopsided tail",
     [](m1bench::Run& run) {
       run = quiet_run({.blocks = 40, .block_noise = 0.0002, .slot_noise = 0.0005});
       bend(run, [](const Block& block, const TargetBlock&) {
         const int rank = block.round * 7 % 40;
         return 0.006 * (rank < 16 ? 0 : rank < 32 ? 1 : 2.2 * std::exp(0.35 * (rank - 32)));
       });
     }},
    {"bimodal", "two groups",
     [](m1bench::Run& run) {
       run = quiet_run({.block_noise = 0.0005, .slot_noise = 0.001});
       bend(run, [](const Block& block, const TargetBlock&) { return block.round * 5 % 16 < 6 ? 0.015 : 0; });
     }},
    {"correlated-blocks trend", "a slow drift",
     [](m1bench::Run& run) {
       run = quiet_run({.blocks = 40});
       bend(run, [](const Block& block, const TargetBlock&) { return 0.0006 * block.round; });
     }},
    {"correlated-blocks", "a wave",
     [](m1bench::Run& run) {
       run = quiet_run({.blocks = 40});
       bend(run, [](const Block& block, const TargetBlock&) { return 0.01 * std::sin(block.round * 3.14159 / 6); });
     }},
    {"trend", "slight drifts everywhere",
     [](m1bench::Run& run) {
       for (const Case& item : run.cases) {
         each_entry(run, item.name, kQuietOther, [](Block& block, TargetBlock& entry) {
           for (double& wall : entry.wall_s) wall *= std::exp(0.0003 * block.round);
         });
       }
     }},
    {"spawn-order", "the first worker is slower",
     [](m1bench::Run& run) {
       bend(run, [](const Block& block, const TargetBlock& entry) {
         return entry.position < position_of(block, kQuietBaseline) ? 0.012 : 0.0;
       });
     }},
    {"turn-order", "the first slot's target is slower",
     [](m1bench::Run& run) {
       bend(run, [](const Block& block, const TargetBlock&) {
         for (const int turn : block.turns) {
           if (turn < 2) return turn == 1 ? 0.012 : 0.0;
         }
         return 0.0;
       });
     }},
    {"no-control", "small differences", [](m1bench::Run& run) { run = quiet_run({.ratio = 1.012}); }},
    {"weak-control", "a control that failed",
     [](m1bench::Run& run) {
       add_control(run);
       for (Block& block : run.blocks) {
         if (block.case_name == "case/2" && block.round > 6) block.targets.pop_back();
       }
     }},
    {"few-cases", "a small suite",
     [](m1bench::Run& run) {
       run.cases.resize(4);
       std::erase_if(run.blocks, [](const Block& block) { return block.case_name > "case/3"; });
     }},
};

TEST(WarningRows, AQuietRunHasNone) {
  EXPECT_EQ(codes_text(quiet_run()), "");
  m1bench::Run run = quiet_run();
  add_control(run);
  EXPECT_EQ(codes_text(run), "");
}

TEST(WarningRows, EachIsFoundWhereItShouldBeAndNothingElse) {
  for (const Spoiled& row : kSpoiled) {
    m1bench::Run run = quiet_run();
    row.spoil(run);
    EXPECT_EQ(codes_text(run), row.codes) << row.how;
  }
}

TEST(WarningRows, EveryRowOfTheTableIsProvoked) {
  std::string provoked = " ";
  for (const Spoiled& row : kSpoiled) provoked += std::string(row.codes) + " ";
  std::set<std::string_view> codes;
  for (const WarningKind& kind : warning_kinds()) {
    EXPECT_NE(provoked.find(" " + std::string(kind.code) + " "), std::string::npos) << kind.code;
    EXPECT_TRUE(codes.insert(kind.code).second) << kind.code << " stands there twice";
    EXPECT_FALSE(kind.meaning.empty() || kind.threshold.empty() || kind.remedy.empty()) << kind.code;
  }
}

// What stays within a threshold, or has a good reason.
const Spoiled kFine[] = {
    {"", "a translator of the user's own", [](m1bench::Run& run) { run.targets[2].translator = "my-qemu"; }},
    {"", "sides of ab are different builds",
     [](m1bench::Run& run) {
       run.targets[1].side = "base";
       run.targets[2].side = "head";
       run.targets[2].hello->build_id = "0";
     }},
    {"", "another instruction set and other warnings",
     [](m1bench::Run& run) { run.targets[2].hello->flags = "-Wall  -O3 -DNDEBUG -mcpu=apple-m1"; }},
    {"", "a file that does not tell the driver's translator", [](m1bench::Run& run) { run.tool.translator.reset(); }},
    {"", "a vendor's library on native targets only",
     [](m1bench::Run& run) {
       run.cases[3].variant = "blas";
       std::erase_if(run.blocks, [](Block& block) { return block.targets.pop_back(), false; });
     }},
    {"", "shards of one machine and day", [](m1bench::Run& run) { hours_apart(run, "2025-03-05T23:57:00Z"); }},
    {"", "some canaries off", [](m1bench::Run& run) { set_drift(run, 9); }},
    {"", "half of the CPUs busy",
     [](m1bench::Run& run) {
       run.machine.before.load_average = 2.0;
       run.machine.after.load_average = 3.0;
     }},
    {"", "a modest neighbour", [](m1bench::Run& run) { run.machine.after.steal_s = 24.9; }},
    {"", "warm, and hot from the start",
     [](m1bench::Run& run) {
       run.machine.before.thermal_c["disk"] = 80;
       run.machine.after.thermal_c = {{"cpu", 84.0}, {"disk", 94.0}, {"new", 99.0}};
     }},
    {"", "nothing known of the machine", [](m1bench::Run& run) { run.machine = m1bench::Run().machine; }},
    {"", "a quarter of the slots waiting", [](m1bench::Run& run) { stretch_wall(run, 1); }},
    {"", "two threads on one CPU",
     [](m1bench::Run& run) {
       for (Case& item : run.cases) item.threads = 2;
       stretch_wall(run, 6);
     }},
    {"", "programs that prove nothing, wait and start slowly",
     [](m1bench::Run& run) {
       make_programs(run);
       run.tool.build_type = "Debug";
       stretch_wall(run, 7);
     }},
    {"", "what a Google Benchmark program tells",
     [](m1bench::Run& run) {
       make_programs(run);
       for (Case& item : run.cases) item.variant = "gbench";
       for (Block& block : run.blocks) {
         for (TargetBlock& entry : block.targets) {
           for (double& wall : entry.wall_s) wall /= static_cast<double>(entry.loops);
           entry.cpu_s = entry.wall_s;
           entry.loops = 1;
         }
       }
     }},
    {"", "2.8 ms", [](m1bench::Run& run) { shorten(run, 0.53); }},
    {"", "slightly uneven slots", [](m1bench::Run& run) { spread(run, 0.14); }},
    {"", "nearly warm first slots",
     [](m1bench::Run& run) {
       each_entry(run, "case/2", kQuietOther, [](Block&, TargetBlock& entry) { entry.wall_s[0] *= 1.005; });
     }},
    {"", "12 blocks", [](m1bench::Run& run) { keep_blocks(run, "case/2", 12); }},
    {"", "a rationed target",
     [](m1bench::Run& run) {
       for (Block& block : run.blocks) {
         if (block.round > 2) block.targets.pop_back();
       }
     }},
    {"", "quick: 5 blocks and no control",
     [](m1bench::Run& run) {
       run = quiet_run({.blocks = 5, .ratio = 1.012});
       run.session.quick = true;
     }},
    {"", "small differences with a control",
     [](m1bench::Run& run) {
       run = quiet_run({.ratio = 1.012});
       add_control(run);
     }},
    {"", "one case alone", [](m1bench::Run& run) { run = quiet_run({.cases = 1}); }},
    {"", "no run at all",
     [](m1bench::Run& run) {
       run = m1bench::Run();
       run.tool.build_type = "Release";
     }},
};

TEST(WarningRows, WhatIsWithinBoundsIsNotTold) {
  for (const Spoiled& row : kFine) {
    m1bench::Run run = quiet_run();
    row.spoil(run);
    EXPECT_EQ(codes_text(run), row.codes) << row.how;
  }
}

}  // namespace
}  // namespace m1bench
