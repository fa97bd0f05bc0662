// SPDX-License-Identifier: Apache-2.0
#include "m1bench/graph/graph.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <vector>

#include "graph/small_graphs.hpp"
#include "support/data_error.hpp"

namespace m1bench {
namespace {

TEST(Graph, TellsItsArithmetic) {
  const SmallGraph small;
  EXPECT_NO_THROW(validate(small.graph));
  EXPECT_EQ(flop_of(small.graph), 2 * (3 * 3 * 2 * 2 * 2 + 3 * 18));
  EXPECT_EQ(place_of(small.graph, 1), "operator 1 (RESHAPE)");
}

struct Row {
  const char* name;
  std::function<void(Graph&)> change;
  const char* message;  // or how it begins
};

void expect_refused(const std::vector<Row>& table) {
  for (const Row& row : table) {
    SmallGraph small;
    row.change(small.graph);
    const std::string message = data_error_of([&] { validate(small.graph); });
    EXPECT_EQ(message.substr(0, std::string(row.message).size()), row.message) << row.name;
  }
}

TEST(Graph, NamesTensorsThatCannotBe) {
  expect_refused({
      {"no operators", [](Graph& g) { g.operators.clear(); }, "the graph has 0 operators where 1 to 4096 were expected"},
      {"extent", [](Graph& g) { g.tensors[0].shape = {1, 0, 4, 1}; }, "tensor 0 (x) has the impossible shape 1x0x4x1"},
      {"product", [](Graph& g) { g.tensors[0].shape = {1 << 28, 1 << 28, 1 << 28, 1 << 28}; },
       "tensor 0 (x) has the impossible shape"},
      {"type", [](Graph& g) { g.tensors[0].dtype = DType::u8; }, "tensor 0 (x) has the type u8, which no operator here takes"},
      {"bytes", [](Graph& g) { g.tensors[1].constant = g.tensors[1].constant.first(3); },
       "tensor 1 (filter) holds 3 bytes where its shape 2x2x2x1 takes 8"},
      {"scale", [](Graph& g) { g.tensors[0].scales = {-1}; }, "tensor 0 (x) has a scale that is not a positive number"},
      {"zero point", [](Graph& g) { g.tensors[0].zero_point = 128; }, "tensor 0 (x) has the zero point 128, which is no int8"},
      {"scales", [](Graph& g) { g.tensors[1].scales = {1, 1, 1}; }, "tensor 1 (filter) has 3 scales, which is not the extent of"},
      {"input", [](Graph& g) { g.input = 1; }, "the graph has an input that is no tensor, or a constant"},
      {"output", [](Graph& g) { g.output = 99; }, "the graph has an output that nothing computes"},
      {"echo", [](Graph& g) { g.output = g.input; }, "the graph has an output that nothing computes"},
  });
}

TEST(Graph, NamesOperatorsOutOfOrder) {
  expect_refused({
      {"missing", [](Graph& g) { g.operators[0].inputs[1] = -2; }, "operator 0 (CONV_2D) reads tensor -2, which does not exist"},
      {"cycle", [](Graph& g) { g.operators[0].inputs[0] = g.operators[1].output; },
       "operator 0 (CONV_2D) reads tensor 4, which nothing has computed before it"},
      {"itself", [](Graph& g) { g.operators[1].inputs[0] = g.operators[1].output; },
       "operator 1 (RESHAPE) reads tensor 4, which nothing has computed before it"},
      {"twice", [](Graph& g) { g.operators[1].output = g.operators[0].output; },
       "operator 1 (RESHAPE) writes tensor 3, which is there already"},
      {"constant", [](Graph& g) { g.operators[1].output = 1; }, "operator 1 (RESHAPE) writes tensor 1, which is there already"},
      {"arity", [](Graph& g) { g.operators[0].inputs = {0}; }, "operator 0 (CONV_2D) has 1 inputs"},
      {"mixed", [](Graph& g) { g.tensors[3].dtype = DType::f32; },
       "operator 0 (CONV_2D) takes i8 and gives f32, which is not supported"},
      {"unquantised", [](Graph& g) { g.tensors[0].scales.clear(); },
       "operator 0 (CONV_2D) has an int8 tensor (x) with 0 scales where one was expected"},
  });
}

TEST(Graph, NamesOperatorsWhoseTensorsDoNotFit) {
  const std::vector<std::byte> bytes(64);
  expect_refused({
      {"weights", [](Graph& g) { g.tensors[1].shape = {2, 2, 1, 2}; },
       "operator 0 (CONV_2D) has weights of 2x2x1x2 for 1 input channels (grouped"},
      {"weights' zero", [](Graph& g) { g.tensors[1].zero_point = 1; },
       "operator 0 (CONV_2D) has weights whose zero point is not 0"},
      {"bias", [](Graph& g) { g.tensors[2].dtype = DType::f32; }, "operator 0 (CONV_2D) has a bias of f32"},
      {"bias shape", [&](Graph& g) { g.tensors[2].shape = {3}; g.tensors[2].constant = std::span(bytes).first(12); },
       "operator 0 (CONV_2D) has a bias of 3 for 2 output channels"},
      {"ratio", [](Graph& g) { g.tensors[3].scales = {1e-30f}; },
       "operator 0 (CONV_2D) has scales whose ratio is beyond what 32-bit fixed point can hold"},
      {"stride", [](Graph& g) { g.operators[0].stride_w = 0; }, "operator 0 (CONV_2D) has a stride, a dilation or a window"},
      {"window", [](Graph& g) { g.operators[0].dilation_h = 4; },
       "operator 0 (CONV_2D) has a window that is larger than the image"},
      {"shape", [](Graph& g) { g.operators[0].padding = Padding::same; },
       "operator 0 (CONV_2D) gives the shape 1x3x3x2 where 1x4x4x2 follows from its inputs"},
      {"reshape", [](Graph& g) { g.tensors[4].shape = {1, 17}; },
       "operator 1 (RESHAPE) gives the shape 1x17 for an input of 1x3x3x2"},
      {"columns", [&](Graph& g) { g.tensors[5].shape = {4, 5}; g.tensors[5].constant = std::span(bytes).first(20); },
       "operator 2 (FULLY_CONNECTED) has weights of 4x5 for an input of 1x18"},
      {"softmax", [](Graph& g) { g.tensors[7].zero_point = 0; },
       "operator 3 (SOFTMAX) has an output that is not quantised with the scale 1/256 and the zero point -128"},
      {"beta", [](Graph& g) { g.operators[3].beta = 0; }, "operator 3 (SOFTMAX) has a beta that is not a positive number"},
  });
}

}  // namespace
}  // namespace m1bench
