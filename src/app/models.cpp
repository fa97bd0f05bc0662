// SPDX-License-Identifier: Apache-2.0
#include "app/models.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <optional>
#include <string_view>

#include "app/embedded_models.hpp"
#include "bench/case_spec.hpp"
#include "datafile/tflite.hpp"
#include "m1bench/core/check.hpp"
#include "m1bench/graph/packed_graph.hpp"
#include "platform/files.hpp"
#include "platform/sha256.hpp"

namespace m1bench {
namespace {

struct Packed {
  std::string model;  // the file's name, without the folder that it was in
  std::optional<std::string> sha256;
  std::string graph;
};

Packed pack_own(const std::string& name) {
  const auto models = embedded_models();
  const auto model = std::find_if(models.begin(), models.end(), [&](const EmbeddedModel& row) { return row.name == name; });
  check(model != models.end(), "a model of the catalogue is embedded");
  const std::string_view bytes(reinterpret_cast<const char*>(model->bytes.data()), model->bytes.size());
  return {name, std::string(model->sha256), pack_tflite({name, bytes})};
}

Packed pack_given(const std::string& file) {
  const std::string bytes = read_file(file, kMaxTfliteBytes);
  return {std::filesystem::path(file).filename().string(), sha256_of_file(file), pack_tflite({file, bytes})};
}

// Of the products: what kind of arithmetic a run is made of. A model without products is what it takes.
std::string dtype_of(const Graph& graph) {
  const auto type = [&](int index) { return std::string(name_of(graph.tensors[static_cast<std::size_t>(index)].dtype)); };
  std::string all;
  for (const Operator& op : graph.operators) {
    const bool multiplies = op.kind == OperatorKind::conv2d || op.kind == OperatorKind::depthwise_conv2d ||
                            op.kind == OperatorKind::fully_connected;
    if (!multiplies) continue;
    if (!all.empty() && all != type(op.inputs[0])) return "mixed";
    all = type(op.inputs[0]);
  }
  return all.empty() ? type(graph.input) : all;
}

void describe(const Graph& graph, const Packed& packed, Case& item) {
  const GraphTensor& input = graph.tensors[static_cast<std::size_t>(graph.input)];
  item.flop = flop_of(graph);
  item.dtype = dtype_of(graph);
  item.parameters["model"] = packed.model;
  if (packed.sha256) item.parameters["model_sha256"] = *packed.sha256;
  item.parameters["operators"] = std::to_string(graph.operators.size());
  item.parameters["input"] = input.shape.to_string() + " " + std::string(name_of(input.dtype));
}

}  // namespace

std::map<std::string, std::string> unpack_models(const std::string& file, std::vector<Case>& cases, const std::string& scratch) {
  std::map<std::string, std::string> paths;
  for (Case& item : cases) {
    const CaseSpec* spec = find_case_spec(item.name);
    if (!spec || spec->model == ModelFile::none) continue;
    const Packed packed = spec->model == ModelFile::own ? pack_own(item.parameters.at("model")) : pack_given(file);
    const std::string path = scratch + "/model-" + std::to_string(paths.size());
    write_file(path, std::array<std::string_view, 1>{packed.graph});
    const MappedFile mapping(path);
    describe(view_packed_graph(mapping.bytes()), packed, item);
    paths[item.name] = path;
  }
  return paths;
}

}  // namespace m1bench
