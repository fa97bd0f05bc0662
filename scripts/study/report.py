# SPDX-License-Identifier: Apache-2.0
"""From the raw runs of a study to its tables."""
import numpy

from study import decisions, estimates, resample, rival
from study.runs import case_keys
from study.tables import Table, percent, share_text

INTERVALS = "In brackets the Clopper-Pearson 95 % interval."
MIN_BLOCKS = 12


def conditions(suites):
    """(name, suites) for those that have any."""
    split = [("quiet", [suite for suite in suites if not suite.loaded]), ("loaded", [suite for suite in suites if suite.loaded]),
             ("all", suites)]
    return [(name, chosen) for name, chosen in split if chosen and (name == "all" or len(chosen) < len(suites))]


def name_of(key, suites):
    """The case; with its target where there are several."""
    targets = {target for suite in suites for _, target in suite.series}
    return key[0] if len(targets) == 1 else f"{key[0]} on {key[1]}"


def first_verdict(series):
    return int(estimates.verdicts(estimates.estimate(series.ratios))[0])


def verdict_table(suites):
    rows = []
    for name, chosen in conditions(suites):
        found = [first_verdict(series) for suite in chosen for series in suite.series.values()]
        wrong = sum(1 for suite in chosen if any(map(first_verdict, suite.series.values())))
        rows.append([name, found.count(1), found.count(-1), share_text(len(found) - found.count(0), len(found)),
                     share_text(wrong, len(chosen))])
    headings = ["condition", "slower", "faster", "cases called different", "suites with any"]
    return Table("False verdicts on identical code", headings, rows,
                 "A verdict is false when the interval lies outside 1 and outside the noise floor of 0.5 %; not adjusted for "
                 f"the number of cases. {INTERVALS}")


def gate_row(condition, judge, outcomes):
    answered = [outcome for outcome in outcomes if outcome in decisions.NAMES.values()]
    shares = [share_text(answered.count(outcome), len(answered)) for outcome in ("regressed", "unsure")]
    return [condition, judge, *shares, len(outcomes) - len(answered)]


def gate_table(suites, judged):
    """`judged`: margin -> suite name -> Decided, by m1bench."""
    rows = []
    for name, chosen in conditions(suites):
        sessions = [decisions.OUTCOMES.get(suite.exit_code, "none") for suite in chosen]
        rows.append(gate_row(name, "the session itself, default margin", sessions))
        for margin in estimates.MARGINS:
            answers = [judged[margin].get(suite.name) for suite in chosen]
            if any(answers):
                outcomes = [one.outcome if one else "none" for one in answers]
                rows.append(gate_row(name, f"m1bench compare, {margin} margin", outcomes))
            recomputed = [decisions.by_numpy(suite, margin).outcome for suite in chosen]
            rows.append(gate_row(name, f"recomputed, {margin} margin", recomputed))
    headings = ["condition", "decided by", "suites regressed (false alarms)", "suites unsure", "no answer"]
    return Table("The gate on identical code", headings, rows,
                 "Margins: " + ", ".join(f"{name} {percent(margin, 0)}" for name, margin in estimates.MARGINS.items()) +
                 f". A session measures doubtful cases again by its own margin only. {INTERVALS}")


def middle_and_most(values):
    """"0.41 %, 0.72 %": median and 90th percentile."""
    if not len(values):
        return "-"
    return ", ".join(percent(value, 2) for value in numpy.percentile(values, [50, 90]))


def lag_one(ratios):
    centred = ratios - ratios.mean()
    power = (centred ** 2).sum()
    return float((centred[1:] * centred[:-1]).sum() / power) if power > 0 else 0.0


def half_width(ratios):
    return float(numpy.expm1(estimates.estimate(ratios).half_width[0]))


def precision_row(condition, case, series):
    blocks = [len(one.ratios) for one in series]
    estimated = [estimates.estimate(one.ratios) for one in series]
    thetas = numpy.array([one.theta[0] for one in estimated])
    errors = numpy.array([one.error[0] / estimates.LOOKING for one in estimated])
    spread = f"{thetas.std(ddof=1) / numpy.sqrt((errors ** 2).mean()):.2f}" if len(series) > 1 and errors.any() else "-"
    at_least = [half_width(one.ratios[:MIN_BLOCKS]) for one in series if len(one.ratios) >= MIN_BLOCKS]
    return [case, condition, f"{numpy.median(blocks):.0f} ({min(blocks)} to {max(blocks)})",
            middle_and_most([half_width(one.ratios) for one in series]), middle_and_most(at_least),
            share_text(sum(first_verdict(one) != 0 for one in series), len(series)),
            f"{numpy.median([lag_one(one.ratios) for one in series]):+.2f}", spread]


def precision_table(suites):
    rows = []
    for key in case_keys(suites):
        for name, chosen in conditions(suites):
            series = [suite.series[key] for suite in chosen if key in suite.series]
            if series:
                rows.append(precision_row(name, name_of(key, suites), series))
    headings = ["case", "condition", "blocks", "half-width", f"half-width at {MIN_BLOCKS} blocks", "called different", "lag-1",
                "spread"]
    return Table("Precision", headings, rows,
                 "Blocks: median (range). Half-widths: median, 90th percentile over suites. lag-1: median correlation of a "
                 "block's log-ratio with the next one's. spread: standard deviation of the estimates between suites, in units of "
                 "the standard error each suite states (without the factor 1.12); 1 means sessions differ by no more than they "
                 "say.")


def complete_series(suites):
    """For each case that every suite has, its Series in suite order."""
    return [[suite.series[key] for suite in suites] for key in case_keys(suites) if all(key in suite.series for suite in suites)]


def resampled_table(suites, count, seed):
    rows = []
    for name, chosen in conditions(suites):
        cases = complete_series(chosen)
        for place in resample.PLACES if cases else ():
            generator = numpy.random.default_rng(seed)
            rates = resample.resample(cases, place, estimates.MARGINS["default"], count, generator)
            stages = (f"{percent(regressed, 2)}, {percent(unsure)}" for regressed, unsure in (rates.one_stage, rates.two_stages))
            rows.append([name, place, percent(rates.false_verdicts), percent(rates.any_false_verdict), *stages])
    headings = ["condition", "drawn from", "cases called different", "suites with any", "gate, one sample: regressed, unsure",
                "gate, two stages"]
    return Table(f"{count} resampled suites", headings, rows,
                 f"Drawn in chunks of {resample.CHUNK} neighbouring blocks, as many blocks as were recorded; the second stage "
                 f"draws {resample.SECOND_STAGE_BLOCKS}. From one suite: what is peculiar to a session stays in, but the "
                 "sampling error counts twice, so rates are too high rather than too low. From all suites: it counts once, "
                 "and what is peculiar to a session averages out.")


def rival_table(suites):
    rows = []
    for name, chosen in conditions(suites):
        series = [one for suite in chosen for one in suite.series.values()]
        judges = (lambda one: first_verdict(one) != 0, rival.halves_differ, rival.slots_differ, rival.blocks_differ)
        rows.append([name, *(share_text(sum(map(judge, series)), len(series)) for judge in judges)])
    headings = ["condition", "m1bench (paired)", "U test, base first and then head", "U test, all slots pooled",
                "U test, block medians"]
    return Table("The same slots under a Mann-Whitney U test", headings, rows,
                 "Cases of identical code called different. The two-sided U test at 5 % is what compare.py of Google Benchmark "
                 "applies. Base first: its slots of the first half of the blocks against head's of the second, as if one build "
                 f"had been measured after the other. The last two get slots that took turns. {INTERVALS}")


def power_table(suites, judged, plan, count, seed):
    """`judged`: suite name -> Decided, by m1bench with the strict margin."""
    rows = []
    keys = [key for key in case_keys(suites) if all(key in suite.series for suite in suites)]
    cases = complete_series(suites)
    strict, generator = estimates.MARGINS["strict"], numpy.random.default_rng(seed)
    resampled = [resample.resample(cases, place, strict, count, generator).regressed_cases for place in resample.PLACES if cases]
    recomputed = {suite.name: decisions.by_numpy(suite, "strict") for suite in suites}
    for i, key in enumerate(keys):
        answers = [judged[suite.name].cases.get(key) for suite in suites if judged.get(suite.name)]
        thetas = [estimates.estimate(suite.series[key].ratios).theta[0] for suite in suites]
        found = sum(one.cases[key] == "regressed" for one in recomputed.values())
        rows.append([name_of(key, suites), f"{numpy.exp(numpy.median(thetas)):.3f}",
                     share_text(answers.count("regressed"), len(answers)), share_text(found, len(suites)),
                     *(percent(rates[i]) for rates in resampled)])
    sessions = [suite.exit_code for suite in suites if suite.exit_code is not None]
    headings = ["case", "median ratio", "regressed by m1bench", "regressed, recomputed",
                *(f"resampled, {place}" for place in resample.PLACES)]
    title = "Power: nothing injected" if plan["factor"] == 1 else f"Power: {plan['factor']:g} injected into head"
    return Table(title, headings, rows, f"`ab --strict`, two stages. Sessions that ended as regressed (exit code 1): "
                 f"{share_text(sessions.count(1), len(sessions))}. {INTERVALS}")


def check_table(suites, judged):
    """Are these statistics those of m1bench?"""
    found = [decisions.largest_disagreement(suite, judged[suite.name]) for suite in suites if judged.get(suite.name)]
    compared = sum(one[0] for one in found)
    largest = f"{max(one[1] for one in found):.1e}" if compared else "-"
    headings = ["cases compared", "largest difference in log"]
    return Table("Recomputed against m1bench's own estimates", headings, [[compared, largest]],
                 "" if compared else "This m1bench has no `compare --format json` to check against.")


def about_table(suites):
    first = suites[0].run
    walls = [suite.wall_s for suite in suites if suite.wall_s is not None]
    machine, tool = first["machine"], first["tool"]
    words = [machine.get("cpu"), f"{machine.get('logical_cpus')} CPUs", machine.get("virtual_machine"), machine.get("os")]
    rows = [["machine", ", ".join(filter(None, words))],
            ["m1bench", f"{tool['version']} ({tool.get('commit') or 'no commit'}), {tool.get('build_type')}"],
            ["measured", f"{first['session']['started']} to {max(suite.run['session']['ended'] for suite in suites)}"],
            ["suites", f"{len(suites)}, {sum(suite.loaded for suite in suites)} of them with one busy process on every CPU"],
            ["cases", ", ".join(item["name"] for item in first["cases"])],
            ["time a suite", f"median {numpy.median(walls):.0f} s" if walls else "-"]]
    return Table("What was run", ["", ""], rows)
