// SPDX-License-Identifier: Apache-2.0
#include "session/verify.hpp"

#include <gtest/gtest.h>

#include <string>

#include "session/session_fixture.hpp"

namespace m1bench {
namespace {

TEST(VerifyCases, EveryCaseOnEveryAvailableTarget) {
  FakeSession session({kV4, kV3, kQemu});
  session.run.targets[1].available = false;
  session.add_case("matmul/a", 1e-3);
  session.add_case("train/b", 1e-3);
  EXPECT_EQ(session.verify(), PhaseEnd::done);
  EXPECT_EQ(session.run.verifications.size(), 4u);
  for (const Verification& check : session.run.verifications) {
    EXPECT_EQ(check.status, CheckStatus::right) << check.case_name << check.target << check.cause;
    EXPECT_GT(check.loops, 0u);
  }
  EXPECT_NEAR(static_cast<double>(session.check("matmul/a", kV4).loops), 6, 1) << "what fills 5 ms";
  EXPECT_EQ(session.check("train/b", kV4).losses.size(), session.limits.steps);
}

TEST(VerifyCases, TheVendorsLibraryIsLeftOutWhereASliceHoldsNone) {
  for (const bool reference_has_it : {true, false}) {
    FakeSession session({kV4, kV3});
    session.add_case("matmul/a", 1e-3);
    session.run.cases.at(0).variant = "blas";
    session.run.targets.at(0).hello.emplace().blas = reference_has_it ? std::optional<std::string>("OpenBLAS") : std::nullopt;
    session.run.targets.at(1).hello.emplace();
    EXPECT_EQ(session.verify(), PhaseEnd::done);
    EXPECT_EQ(session.check("matmul/a", kV4).status, reference_has_it ? CheckStatus::right : CheckStatus::skipped);
    EXPECT_EQ(session.check("matmul/a", kV3).status, CheckStatus::skipped);
    EXPECT_EQ(session.check("matmul/a", kV3).cause, "this slice holds no BLAS library");
  }
}

TEST(VerifyCases, WithoutTimingNothingIsCalibrated) {
  FakeSession session({kV4});
  session.add_case("matmul/a", 1e-3);
  EXPECT_EQ(session.verify(false), PhaseEnd::done);
  EXPECT_EQ(session.check("matmul/a", kV4).loops, 0u);
}

TEST(VerifyCases, AWrongAnswerIsToldOfItsCaseAndTargetAlone) {
  FakeSession session({kV4, kV3}, "matmul/a@x86_64-v3/native");
  session.add_case("matmul/a", 1e-3);
  session.add_case("matmul/b", 1e-3);
  EXPECT_EQ(session.verify(), PhaseEnd::done);
  EXPECT_EQ(session.check("matmul/a", kV3).status, CheckStatus::wrong);
  EXPECT_NE(session.check("matmul/a", kV3).cause.find("element 0 is 1.50000000, should be 1.00000000"), std::string::npos);
  EXPECT_EQ(session.check("matmul/a", kV4).status, CheckStatus::right);
  EXPECT_EQ(session.check("matmul/b", kV3).status, CheckStatus::right);
}

TEST(VerifyCases, OtherInputsAreWrongWhateverTheAnswer) {
  FakeSession session({kV4, kV3});
  session.add_case("matmul/a", 1e-3);
  session.tamper([](const Target& target, int, const Request& request, OrDeath<Reply>& answer) {
    if (target.name == kV3 && request.verb == Verb::prepare) std::get<Reply>(answer).input_checksum = "ff";
  });
  EXPECT_EQ(session.verify(), PhaseEnd::done);
  const Verification& check = session.check("matmul/a", kV3);
  EXPECT_EQ(check.status, CheckStatus::wrong);
  EXPECT_EQ(check.cause, "its inputs differ from those of x86_64-v4/native");
}

TEST(VerifyCases, ADeathIsARowAndTheOthersGoOn) {
  for (const Verb verb : {Verb::prepare, Verb::verify, Verb::run}) {
    FakeSession session({kV4, kV3, kQemu});
    session.add_case("matmul/a", 1e-3);
    session.tamper([&](const Target& target, int, const Request& request, OrDeath<Reply>& answer) {
      if (target.name == kV3 && request.verb == verb) answer = Death{"killed by SIGILL", "use a lower tier", false};
    });
    EXPECT_EQ(session.verify(), PhaseEnd::done);
    EXPECT_EQ(session.check("matmul/a", kV3).status, CheckStatus::failed);
    EXPECT_EQ(session.check("matmul/a", kV3).cause, "killed by SIGILL");
    EXPECT_EQ(session.check("matmul/a", kV3).remedy, "use a lower tier");
    EXPECT_EQ(session.check("matmul/a", kV4).status, CheckStatus::right);
    EXPECT_EQ(session.check("matmul/a", kQemu).status, CheckStatus::right);
  }
}

TEST(VerifyCases, AFileThatIsNotWhatTheReplySaysIsTheWorkersFailure) {
  for (const char* liar : {kV4, kV3}) {
    FakeSession session({kV4, kV3});
    session.add_case("matmul/a", 1e-3);
    session.tamper([&](const Target& target, int, const Request& request, OrDeath<Reply>& answer) {
      if (target.name == liar && request.verb == Verb::verify) std::get<Reply>(answer).elements = 7;
    });
    EXPECT_EQ(session.verify(), PhaseEnd::done) << liar;
    EXPECT_EQ(session.check("matmul/a", kV3).status, CheckStatus::failed) << liar;
    EXPECT_NE(session.check("matmul/a", kV3).cause.find("8 bytes where 56 were expected"), std::string::npos)
        << session.check("matmul/a", kV3).cause;
  }
}

TEST(VerifyCases, WithoutAReferenceNoTargetCanBeChecked) {
  FakeSession session({kV4, kV3});
  session.add_case("matmul/a", 1e-3);
  session.add_case("matmul/b", 2e-3);
  session.tamper([](const Target&, int, const Request& request, OrDeath<Reply>& answer) {
    if (request.verb == Verb::reference && std::holds_alternative<Reply>(answer)) answer = Death{"out of memory", "", false};
  });
  EXPECT_EQ(session.verify(), PhaseEnd::done);
  EXPECT_EQ(session.run.verifications.size(), 4u);
  for (const Verification& check : session.run.verifications) {
    EXPECT_EQ(check.status, CheckStatus::failed);
    EXPECT_EQ(check.cause, "the reference on x86_64-v4/native: out of memory");
  }
}

TEST(VerifyCases, AnInterruptEndsThePhaseAndAccusesNobody) {
  FakeSession session({kV4, kV3});
  session.add_case("matmul/a", 1e-3);
  session.add_case("matmul/b", 2e-3);
  session.tamper([](const Target& target, int, const Request& request, OrDeath<Reply>& answer) {
    if (target.name == kV3 && request.verb == Verb::verify && request.loops == 1) answer = Death{"interrupted", "", true};
  });
  EXPECT_EQ(session.verify(), PhaseEnd::interrupted);
  ASSERT_EQ(session.run.verifications.size(), 1u);
  EXPECT_EQ(session.run.verifications.front().status, CheckStatus::right);
}

TEST(VerifyCases, ASlowTargetVerifiesFewerStepsAndIsMarked) {
  FakeSession session({kV4, kQemu});
  session.add_case("train/a", 0.01);  // 0.9 s under qemu-user
  EXPECT_EQ(session.verify(), PhaseEnd::done);
  EXPECT_FALSE(session.check("train/a", kV4).slow);
  EXPECT_TRUE(session.check("train/a", kQemu).slow);
  EXPECT_EQ(session.check("train/a", kQemu).losses.size(), session.limits.slow_steps);
  EXPECT_EQ(session.check("train/a", kQemu).loops, 1u);
}

// A share of 27 s for all slow targets, 6.75 s for one case of theirs.
TEST(VerifyCases, CasesThatTheBudgetDoesNotReachAreSkippedOnEveryTarget) {
  FakeSession session({kV4, kV3});
  session.limits.budget_s = 10;
  session.add_case("matmul/first", 6);
  session.add_case("matmul/second", 7);
  EXPECT_EQ(session.verify(), PhaseEnd::done);
  for (const char* target : {kV4, kV3}) {
    EXPECT_EQ(session.check("matmul/first", target).status, CheckStatus::right) << target;
    const Verification& skipped = session.check("matmul/second", target);
    EXPECT_EQ(skipped.status, CheckStatus::skipped) << target;
    EXPECT_NE(skipped.remedy.find("--time-budget"), std::string::npos) << target;
  }
}

TEST(VerifyCases, WhatIsPredictedBeyondItsShareIsSkippedAndSaysHowLongALoopIs) {
  FakeSession session({kV4, kQemu});
  session.limits.budget_s = 60;
  session.add_case("matmul/long", 0.5);    // 45 s a loop under qemu-user
  session.add_case("matmul/short", 1e-3);  // is tried first, and tells how slow it is
  EXPECT_EQ(session.verify(), PhaseEnd::done);
  EXPECT_EQ(session.check("matmul/short", kQemu).status, CheckStatus::right);
  const Verification& skipped = session.check("matmul/long", kQemu);
  EXPECT_EQ(skipped.status, CheckStatus::skipped);
  EXPECT_EQ(skipped.cause.find("about 4"), 0u) << skipped.cause;
  EXPECT_NE(skipped.remedy.find("--time-budget"), std::string::npos);
  EXPECT_EQ(session.check("matmul/long", kV4).status, CheckStatus::right);
  EXPECT_LT(session.clock.now_s(), 20);

  FakeSession patient({kV4, kQemu});
  patient.add_case("matmul/long", 0.5);
  patient.add_case("matmul/short", 1e-3);
  EXPECT_EQ(patient.verify(), PhaseEnd::done);
  EXPECT_EQ(patient.check("matmul/long", kQemu).status, CheckStatus::right);
}

}  // namespace
}  // namespace m1bench
