// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "datafile/tflite_schema.hpp"
#include "m1bench/graph/graph.hpp"

namespace m1bench::tflite {

// How a builtin operator is called: "CONV_2D", or "builtin 200" for one newer than the table. Custom ones have names of their
// own.
std::string operator_name(std::int32_t builtin);

// One operator of the graph as it stands in the file. Throws Error(data) "operator 3 (NAME) ..." for a kind, a version or an
// attribute that is not supported.
Operator decode_operator(const Table* op, const Tables* codes, std::size_t index);

}  // namespace m1bench::tflite
