// SPDX-License-Identifier: Apache-2.0
#include "history/history.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <functional>

#include "analysis/gate_runs.hpp"
#include "history/schema.hpp"
#include "m1bench/core/error.hpp"
#include "platform/files.hpp"
#include "result/run_json.hpp"

namespace m1bench {
namespace {

using Record = m1bench::Run;  // testing::Test has a Run of its own

bool every_case(const std::string&) { return true; }

class HistoryTest : public testing::Test {
 protected:
  std::string path() const { return folder_.path() + "/history.sqlite"; }
  Adding add(const Record& run) const { return History::to_add(path()).add(recorded(run), to_json(run)); }
  void write(const std::string& bytes) const { std::ofstream(path(), std::ios::binary) << bytes; }
  std::string bytes() const { return read_file(path(), 1 << 30); }

  // The sentence with which opening it is refused.
  std::string refusal(ErrorKind kind, const std::function<void()>& open) const {
    try {
      open();
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), kind) << error.what();
      return error.what();
    }
    ADD_FAILURE() << "was not refused";
    return "";
  }

  TemporaryDirectory folder_;
};

TEST_F(HistoryTest, GivesBackWhatWasAdded) {
  const Record one = usual_run("one", {}), two = usual_run("two", {.seed = 2});
  EXPECT_EQ(add(two), Adding::added);
  EXPECT_EQ(add(one), Adding::added);
  const std::vector<RecordedRun> runs = History::to_read(path()).runs(every_case);
  ASSERT_EQ(runs.size(), 2U);
  const RecordedRun want = recorded(one);
  const RecordedRun& got = runs[0].session == "one" ? runs[0] : runs[1];
  EXPECT_EQ(got.started, want.started);
  EXPECT_EQ(got.compiler, want.compiler);
  EXPECT_EQ(got.os, want.os);
  ASSERT_EQ(got.means.size(), 1U);
  EXPECT_EQ(got.means[0].ratio, want.means[0].ratio);
  EXPECT_EQ(got.series.size(), want.series.size());
  EXPECT_EQ(got.traits.size(), want.traits.size());
  for (const RecordedSeries& series : want.series) {
    const auto same = [&](const RecordedSeries& other) {
      return other.case_name == series.case_name && other.target == series.target && other.log_ratio == series.log_ratio &&
             other.standard_error == series.standard_error && other.loop_s == series.loop_s && other.verdict == series.verdict;
    };
    EXPECT_EQ(std::count_if(got.series.begin(), got.series.end(), same), 1) << series.case_name;
  }
}

TEST_F(HistoryTest, ReadsOnlyTheCasesThatAreWanted) {
  add(usual_run("one", {}));
  const auto runs = History::to_read(path()).runs([](const std::string& name) { return name == kGateMatmul; });
  for (const RecordedSeries& series : runs.at(0).series) EXPECT_EQ(series.case_name, kGateMatmul);
  EXPECT_EQ(runs[0].series.size(), 2U);
}

TEST_F(HistoryTest, TakesARunOnce) {
  const Record run = usual_run("one", {});
  EXPECT_EQ(add(run), Adding::added);
  const std::string before = bytes();
  EXPECT_EQ(add(run), Adding::known);
  Record told = run;
  told.warnings.push_back({"few-blocks", "", "", "", ""});  // another document of the same slots
  EXPECT_EQ(add(told), Adding::known);
  EXPECT_EQ(add(usual_run("one", {.seed = 2})), Adding::contradicted);
  EXPECT_EQ(bytes(), before);
}

TEST_F(HistoryTest, WhatIsCommittedOutlivesAPowerCut) {
  add(usual_run("one", {}));
  Database database = Database::open(path(), false);
  EXPECT_EQ(database.number("PRAGMA synchronous"), 3);  // EXTRA
  EXPECT_EQ(database.number("PRAGMA fullfsync"), 1);
}

TEST_F(HistoryTest, RefusesWhatIsNoHistory) {
  Database newer = Database::in_memory();
  bring_up_to_date(newer);
  newer.execute("PRAGMA user_version = " + std::to_string(kHistoryVersion + 1));
  Database foreign = Database::in_memory();
  foreign.execute("CREATE TABLE bookmark (url TEXT)");
  const std::string good = run_database(usual_run("one", {}));
  const struct {
    const char* name;
    std::string file, said;
  } kRows[] = {
      {"text", "Dear diary,\n", "is no history of m1bench and was not touched"},
      {"another program's database", foreign.serialized(), "is no history of m1bench and was not touched"},
      {"a newer version", newer.serialized(), "has version 2 and this m1bench knows up to 1"},
      {"a head alone", good.substr(0, 100), "cannot be used"},
      {"cut short", good.substr(0, good.size() / 2), "damaged"},
      {"pages of noise", good.substr(0, 100) + std::string(good.size() - 100, 'x'), "damaged"},
  };
  for (const auto& row : kRows) {
    write(row.file);
    const auto use = [&](bool adding) {
      return refusal(ErrorKind::data, [&] {
        if (adding) add(usual_run("two", {}));
        if (!adding) History::to_read(path()).runs(every_case);
      });
    };
    for (const bool adding : {false, true}) {
      const std::string said = use(adding);
      EXPECT_NE(said.find(row.said), std::string::npos) << row.name << ": " << said;
      EXPECT_EQ(bytes(), row.file) << row.name << " was changed";
    }
  }
}

TEST_F(HistoryTest, RefusesValuesOfAnotherKind) {
  Database database = Database::in_memory();
  bring_up_to_date(database);
  const char* const kColumns[] = {"started = x'00ff'", "quick = 'yes'"};
  for (const char* change : kColumns) {
    add(usual_run("one", {}));
    Database::open(path(), false).execute("UPDATE run SET " + std::string(change));
    const std::string said = refusal(ErrorKind::data, [&] { History::to_read(path()).runs(every_case); });
    EXPECT_NE(said.find("holds another kind of value"), std::string::npos) << said;
    std::remove(path().c_str());
  }
}

TEST_F(HistoryTest, RefusesWhatMakesNoRun) {
  const struct {
    const char *change, *says;
  } kRows[] = {
      {"UPDATE series SET log_ratio = 1e300", "its table series has a ratio that cannot be"},
      {"UPDATE series SET log_ratio = -720", "its table series has a ratio that cannot be"},
      {"UPDATE series SET half_width = 1e300", "its table series has a ratio that cannot be"},
      {"UPDATE series SET half_width = -1", "its table series has a ratio that cannot be"},
      {"UPDATE series SET standard_error = -1", "its table series has a ratio that cannot be"},
      {"UPDATE series SET standard_error = 1e300", "its table series has a ratio that cannot be"},
      {"UPDATE series SET degrees = 0", "its table series has a ratio that cannot be"},
      {"UPDATE series SET loop_s = 9e999", "its column loop_s holds another kind of value"},
      {"UPDATE mean SET ratio = 0", "its table mean has a ratio that cannot be"},
      {"DROP TABLE mean; CREATE VIEW mean AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i FROM n) "
       "SELECT i AS run, 'x' AS target, 1 AS cases, 1.0 AS ratio FROM n",
       "its tables are not those of m1bench's history"},
      {"DROP TABLE trait", "its tables are not those of m1bench's history"},
  };
  for (const auto& row : kRows) {
    add(usual_run("one", {}));
    Database::open(path(), false).execute(row.change);
    const std::string said = refusal(ErrorKind::data, [&] { History::to_read(path()).runs(every_case); });
    EXPECT_NE(said.find(row.says), std::string::npos) << row.change << ": " << said;
    std::remove(path().c_str());
  }
}

TEST_F(HistoryTest, ADocumentThatIsNoRunIsTheHistorysFault) {
  add(usual_run("one", {}));
  Database::open(path(), false).execute("UPDATE run SET document = '{}'");
  const std::string said = refusal(ErrorKind::data, [&] { add(usual_run("one", {})); });
  EXPECT_NE(said.find("history.sqlite' cannot be used: a document in it is no run"), std::string::npos) << said;
}

TEST_F(HistoryTest, NothingRunsWhenARunIsAdded) {
  add(usual_run("one", {}));
  Database::open(path(), false).execute("CREATE TRIGGER more AFTER INSERT ON run BEGIN DELETE FROM run WHERE session = 'one'; END");
  EXPECT_EQ(add(usual_run("two", {})), Adding::added);
  EXPECT_EQ(History::to_read(path()).runs(every_case).size(), 2U);
}

TEST_F(HistoryTest, ReadingNeedsOne) {
  const std::string said = refusal(ErrorKind::usage, [&] { History::to_read(path()); });
  EXPECT_NE(said.find("m1bench history add"), std::string::npos) << said;
  EXPECT_FALSE(file_exists(path()));
}

TEST_F(HistoryTest, AnEmptyFileBecomesOne) {
  write("");
  EXPECT_EQ(add(usual_run("one", {})), Adding::added);
}

TEST_F(HistoryTest, WaitsOnlySoLongForOthers) {
  add(usual_run("one", {}));
  Database holder = Database::open(path(), false);
  const Transaction held(holder, Transaction::Kind::writing);
  Database other = Database::open(path(), false, std::chrono::milliseconds(1));
  const std::string said = refusal(ErrorKind::io, [&] { const Transaction transaction(other, Transaction::Kind::writing); });
  EXPECT_NE(said.find("another program does not let go of it"), std::string::npos) << said;
}

TEST_F(HistoryTest, WhatIsNotCommittedIsNotThere) {
  add(usual_run("one", {}));
  Database database = Database::open(path(), false);
  {
    const Transaction transaction(database, Transaction::Kind::writing);
    database.execute("DELETE FROM run");
  }
  EXPECT_EQ(database.number("SELECT count(*) FROM run"), 1);
}

TEST_F(HistoryTest, AFileNameIsNothingElse) {
  for (const std::string name : {"file:x?mode=memory", ":memory:", "with space", "\xff\xfe.sqlite"}) {
    const std::string file = folder_.path() + "/" + name;
    History::to_add(file).add(recorded(usual_run("one", {})), "{}");
    EXPECT_TRUE(file_exists(file)) << name;
  }
}

TEST(RunDatabase, HoldsTheRunAndItsDocument) {
  const Record run = usual_run("one", {});
  const TemporaryDirectory folder;
  const std::string path = folder.path() + "/run.sqlite";
  std::ofstream(path, std::ios::binary) << run_database(run);
  EXPECT_EQ(History::to_read(path).runs(every_case).size(), 1U);
  Database database = Database::open(path, false);
  Statement document = database.prepare("SELECT document FROM run");
  ASSERT_TRUE(document.step());
  EXPECT_EQ(document.text(0), to_json(run));
}

}  // namespace
}  // namespace m1bench
