// SPDX-License-Identifier: Apache-2.0
#include "app/command_tree.hpp"

#include <algorithm>
#include <array>

namespace m1bench {
namespace {

constexpr Example kExamples[]{
    {"m1bench all", "compare everything here; about five minutes"},
    {"m1bench all --quick -o out", "a first look; results in out/"},
    {"m1bench run 'matmul/*' --targets x86_64-v2/native,arm64/qemu-user", ""},
    {"m1bench verify", "check answers, time nothing"},
    {"m1bench train train/cifar-mlp --epochs 3", "train for real"},
    {"m1bench exec -- ./prog input.txt", "what your own program costs when translated"},
    {"m1bench list targets", "what can run here, and why not"},
    {"m1bench explain", "why the newest run's cases take as long as they do"},
    {"m1bench history add out", "keep a run, to see what changes over time"},
    {"m1bench doctor .venv", "which packages in it cannot work, and why"},
    {"m1bench report --format markdown", "the newest run again, to paste"},
    {"m1bench doctor", "what is wrong here, and what to do about it"},
};

struct KindRow {
  std::string_view value;
  ValueKind kind;
};
constexpr std::array kKinds{
    KindRow{"DIR", ValueKind::directory},   KindRow{"FILE", ValueKind::file},     KindRow{"FILE.tflite", ValueKind::file},
    KindRow{"PATH", ValueKind::file},       KindRow{"RUN.json", ValueKind::file}, KindRow{"PROGRAM", ValueKind::program},
    KindRow{"PATTERN", ValueKind::cases},   KindRow{"CASE", ValueKind::cases},    KindRow{"TARGET", ValueKind::targets},
    KindRow{"A,B", ValueKind::targets},     KindRow{"FORMAT", ValueKind::formats}, KindRow{"-- WORDS", ValueKind::program},
};

}  // namespace

std::span<const Example> examples() { return kExamples; }

ValueKind kind_of(const OptionEntry& option) {
  if (!option.choices.empty()) return ValueKind::choice;
  const auto row = std::find_if(kKinds.begin(), kKinds.end(), [&](const KindRow& known) { return known.value == option.value; });
  return row == kKinds.end() ? ValueKind::anything : row->kind;
}

}  // namespace m1bench
