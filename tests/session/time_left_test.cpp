// SPDX-License-Identifier: Apache-2.0
#include "session/time_left.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include "session/session_fixture.hpp"

namespace m1bench {
namespace {

TEST(TimeLeft, AHalfWidthShrinksWithTheRootOfTheBlocks) {
  const struct {
    int blocks;
    double width;
    int to_come;
  } kRows[]{
      {0, INFINITY, 12}, {5, INFINITY, 7}, {5, 0, 7}, {12, 1, 0},  {12, 1.2, 6},
      {12, 1.5, 15},     {12, 9, 28},      {40, 9, 0}, {20, 0.5, 0}, {2, 1e300, 38},
  };
  for (const auto& row : kRows) {
    EXPECT_EQ(blocks_to_come(row.blocks, row.width, Limits{}), row.to_come) << row.blocks << " blocks of width " << row.width;
  }
}

TEST(TimeLeft, IsSharedOutToTargets) {
  const std::vector<Foreseen> foreseen{{"p", "a", 1.0, 4}, {"p", "b", 10.0, 1}, {"q", "a", 2.0, 3}};
  const TimeLeft free = time_left(foreseen, 1.5, 1e30);
  EXPECT_DOUBLE_EQ(free.seconds, 30);
  EXPECT_DOUBLE_EQ(free.by_target.at("a"), 15);
  EXPECT_DOUBLE_EQ(time_left({}, 1, 10).seconds, 0);
}

TEST(TimeLeft, OfABudgetIsWhatWholeBlocksFill) {
  const std::vector<Foreseen> one{{"p", "a", 1.0, 30}, {"p", "b", 1.5, 30}}, two{{"p", "a", 10, 2}, {"q", "a", 3, 9}};
  const struct {
    std::vector<Foreseen> foreseen;
    double stretch, most_s, seconds;
  } rows[] = {{one, 1, 22, 20},  {one, 1, 2.4, 0},  {one, 1, 2.5, 2.5}, {one, 2, 22, 20}, {one, 1, 1e30, 75},
              {one, 1, -1, 0},   {two, 1, 15, 13},  {two, 1, 9.5, 9},   {two, 1, 2, 0},   {two, 1, 46, 44}};
  for (const auto& row : rows) EXPECT_DOUBLE_EQ(time_left(row.foreseen, row.stretch, row.most_s).seconds, row.seconds) << row.most_s;
  EXPECT_DOUBLE_EQ(time_left(one, 1, 22).by_target.at("b"), 12);
}

struct Scenario {
  const char* name;
  std::vector<std::string> targets;
  std::function<void(FakeSession&)> arrange;
};

// Blocks that differ by so much from one another, the same on every run.
Tamper noisy(double spread) {
  return [spread](const Target& target, int start, const Request& request, OrDeath<Reply>& answer) {
    if (request.verb != Verb::run || target.name == kV4) return;
    std::get<Reply>(answer).wall_s *= std::exp(spread * std::sin(12.9898 * start));
  };
}

// A program of a second, whose blocks take more than a fifth of the budget.
void only_long(FakeSession& session, double budget_s) {
  session.run.cases.clear();
  session.add_case("matmul/long", 1);
  session.limits = program_limits(Limits{});
  session.limits.budget_s = budget_s;
}

// From half-way on, by no more than a fifth of what was left there.
TEST(TimeLeft, IsHonestFromTheHalfWayPointOn) {
  const Scenario kScenarios[]{
      {"as precise as wanted after the fewest blocks", {kV4, kV3}, [](FakeSession& session) { session.add_case("matmul/a", 1e-3); }},
      {"quick", {kV4, kV3, kQemu}, [](FakeSession& session) { session.limits = quick_limits(); }},
      {"more blocks than the fewest", {kV4, kV3}, [](FakeSession& session) { session.tamper(noisy(0.03)); }},
      {"the most blocks", {kV4, kV3}, [](FakeSession& session) { session.limits.precision = 1e-9; }},
      {"a budget too small", {kV4, kV3}, [](FakeSession& session) { session.limits.budget_s = 20; }},
      {"one long case and a budget", {kV4, kV3}, [](FakeSession& session) { only_long(session, 20); }},
      {"one long case and a little more", {kV4, kV3}, [](FakeSession& session) { only_long(session, 22); }},
      {"one long case and nearly a block more", {kV4, kV3}, [](FakeSession& session) { only_long(session, 24); }},
      {"a slow target", {kV4, kV3, kQemu}, [](FakeSession& session) { session.add_case("matmul/slow", 0.01); }},
      {"a budget and a slow target", {kV4, kV3, kQemu}, [](FakeSession& session) {
         session.add_case("matmul/slow", 0.01);
         session.limits.budget_s = 60;
       }},
  };
  for (const Scenario& scenario : kScenarios) {
    SCOPED_TRACE(scenario.name);
    FakeSession session(scenario.targets);
    for (int i = 1; i <= 6; ++i) session.add_case("matmul/" + std::to_string(i), 1e-3 * i);
    scenario.arrange(session);
    std::vector<std::pair<double, double>> told;  // when, and what was said to be left
    SessionContext context = session.context();
    context.on_progress = [&](const Progress& progress) {
      if (progress.left_s) told.emplace_back(progress.elapsed_s, *progress.left_s);
    };
    SlowBudget budget(session.limits.budget_s, session.limits);
    ASSERT_EQ(verify_cases(context, budget, true), PhaseEnd::done);
    ASSERT_EQ(measure_cases(context, budget), PhaseEnd::done);
    const double all_s = context.elapsed_s();
    int later = 0;
    for (const auto& [at_s, left_s] : told) {
      if (at_s < all_s / 2) continue;
      ++later;
      EXPECT_NEAR(left_s, all_s - at_s, 0.2 * all_s / 2) << "at " << at_s << " of " << all_s << " s";
    }
    EXPECT_GE(later, 1);
  }
}

}  // namespace
}  // namespace m1bench
