// SPDX-License-Identifier: Apache-2.0
// Runs that no machine has measured, made from the sample.
import {sampleRun} from "./browser.mjs";

const kEvil = "</script><script>window.hacked=1</script><img src=x onerror=window.hacked=1>\"' onload=window.hacked=1 \u202Etxt.exe\u0000&lt;";

const kLong = "matmul/f32/64";

// Every text that may come from somebody else's file tries to become markup, and one name has no end. (A file that is not UTF-8 is
// no run file.)
export function hostileRun() {
  const evil = (value, key) => {
    if (Array.isArray(value)) return value.map((item) => evil(item, key));
    if (value && typeof value === "object") {
      return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, evil(item, name)]));
    }
    return typeof value === "string" && kTexts.has(key) ? `${value}${value === kLong ? "long".repeat(750) : ""}${kEvil}` : value;
  };
  return evil(sampleRun(), "");
}
const kTexts = new Set(["name", "target", "case", "family", "baseline", "cpu", "os", "kernel", "simd", "compiler", "flags", "note", "cause",
                        "remedy", "message", "arguments", "command", "translator_version", "commit", "id"]);

// The sample, measured on so many days. In runs ten to nineteen whatever is compared with the baseline takes a tenth longer; from
// the twentieth on m1bench was built by another compiler.
export function runsOverTime(count, run = sampleRun()) {
  return Array.from({length: count}, (_, day) => {
    const noise = 1 + 0.006 * (day * 7919 % 10) / 10;
    const factor = noise * (day >= 10 && day < 20 ? 1.1 : 1);
    const started = new Date(Date.UTC(2025, 2, 1 + day, 10)).toISOString().replace(".000", "");
    return {
      ...run,
      session: {...run.session, id: `${run.session.id}-${day}`, started},
      tool: {...run.tool, commit: `c${day}`, compiler: day >= 20 ? "GCC 99.1.0" : run.tool.compiler},
      blocks: run.blocks.map((block) => ({...block, targets: block.targets.map(
        (entry, k) => k === 0 ? entry : {...entry, wall_s: entry.wall_s?.map((time) => time * factor)})})),
    };
  });
}

// The sample, quick, with less in it: one network's losses are no numbers, another's on one target; the second target's answer
// to the first case is wrong; and of the second case only two blocks were measured.
export function sparseRun() {
  const run = sampleRun();
  run.session.quick = true;
  const [, wrong] = run.targets;
  for (const check of run.verifications) {
    const isGone = check.case === "train/mnist-mlp" || (check.case === "train/mnist-cnn" && check.target === wrong.name);
    if (isGone) check.losses = check.losses.map(() => null);
    if (check.case === run.cases[0].name && check.target === wrong.name) check.status = "wrong";
  }
  let kept = 0;
  run.blocks = run.blocks.filter((block) => block.case !== run.cases[1].name || (!block.superseded && kept++ < 2));
  return run;
}

// 2,500 cases on four targets and a baseline: 10,000 rows.
export function largeRun() {
  const run = sampleRun();
  const [item, block] = [run.cases[0], run.blocks[0]];
  const [baseline, other] = [run.targets[0], run.targets[1]];
  const names = [baseline.name, ...[1, 2, 3, 4].map((k) => `${other.slice}/copy-${k}`)];
  run.targets = names.map((name, k) => k === 0 ? baseline : {...other, name});
  run.cases = Array.from({length: 2500}, (_, i) => ({...item, name: `family-${i % 20}/case-${i}`, family: `family-${i % 20}`}));
  const checked = run.verifications[0];
  run.verifications = run.cases.flatMap(({name}) => names.map((target) => ({...checked, case: name, target, losses: []})));
  run.blocks = run.cases.flatMap(({name}, i) => [0, 1, 2].map((round) => ({
    ...block, case: name, round, start_s: 3 * i + round, turns: [],
    targets: names.map((target, k) => ({...block.targets[0], target, position: k, loops: 10, checksum: checked.output_checksum,
      wall_s: [1, 2].map((slot) => 0.02 * (1 + k * (1 + (i * 7919 % 100) / 100) + round / 100 + slot / 1000)), cpu_s: [0.02, 0.02]}))})));
  run.failures = [];
  return run;
}
