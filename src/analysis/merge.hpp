// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "result/model.hpp"

namespace m1bench {

// Puts the shards of one run together, given in any order: the result does not depend on it, its id included. Cases come back
// in the order of the whole list, blocks stand shard by shard.
//
// All shards there are must be given, each once: a case that no shard measured would be missing in silence. Shards belong
// together if the same build measured them with the same settings on the same targets. They may come from several machines of
// one architecture, as those of a CI matrix do: a ratio never spans two shards. session.merged keeps each one's machine;
// `machine` is the first shard's, without an id if they differ.
//
// Throws as shards_of_one_run does, and Error(unlike) if the shards are not of one list of cases.
Run merge_runs(const std::vector<Run>& runs);

}  // namespace m1bench
