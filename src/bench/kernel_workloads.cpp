// SPDX-License-Identifier: Apache-2.0
// The arithmetic-bound kernels: matrix products and convolutions.
#include "bench/families.hpp"
#include "m1bench/core/check.hpp"
#include "m1bench/kernels/conv2d.hpp"
#include "m1bench/kernels/matmul.hpp"
#include "m1bench/kernels/matmul_i8.hpp"
#include "m1bench/kernels/reference.hpp"
#include "m1bench/tensor/fill.hpp"

namespace m1bench {
namespace {

MatmulVariant matmul_variant(const std::string& name) {
  if (name == "packed") return MatmulVariant::packed;
  if (name == "eigen") return MatmulVariant::eigen;
  if (name == "blocked") return MatmulVariant::blocked;
  if (name == "blas") return MatmulVariant::blas;
  check(name == "reference", "a known matmul variant");
  return MatmulVariant::reference;
}

// C = A B of standard normals.
template <class T>
class Matmul final : public Workload {
 public:
  Matmul(const CaseSpec& spec, const WorkloadOptions& options)
      : variant_(matmul_variant(spec.variant)),
        parallel_(*options.parallel),
        a_(Shape{parameter(spec, "m"), parameter(spec, "k")}, Unfilled{}),
        b_(Shape{parameter(spec, "k"), parameter(spec, "n")}, Unfilled{}),
        c_(Shape{parameter(spec, "m"), parameter(spec, "n")}) {
    fill_normal(a_.span(), options.seed, 0);
    fill_normal(b_.span(), options.seed, 1);
    gemm_ = {.m = a_.shape()[0], .n = b_.shape()[1], .k = a_.shape()[1], .a = a_.data(), .b = b_.data(), .c = c_.data()};
  }
  void loop() override { matmul(variant_, gemm_, parallel_); }
  std::vector<NamedArray> inputs() override { return {{"a", view_of(a_)}, {"b", view_of(b_)}}; }
  NamedArray answer() override { return {"c", view_of(c_)}; }
  std::optional<Reference> reference() override { return reference_matmul(gemm_); }

 private:
  MatmulVariant variant_;
  Parallel& parallel_;
  Tensor<T> a_, b_, c_;
  Gemm<T> gemm_;
};

// C = A B of uniform bytes, summed exactly.
class MatmulI8 final : public Workload {
 public:
  MatmulI8(const CaseSpec& spec, const WorkloadOptions& options)
      : variant_(spec.variant == "reference" ? MatmulI8Variant::reference : MatmulI8Variant::packed),
        parallel_(*options.parallel),
        a_(Shape{parameter(spec, "m"), parameter(spec, "k")}),
        b_(Shape{parameter(spec, "k"), parameter(spec, "n")}),
        c_(Shape{parameter(spec, "m"), parameter(spec, "n")}) {
    fill_uniform(a_.span(), options.seed, 0);
    fill_uniform(b_.span(), options.seed, 1);
    gemm_ = {.m = a_.shape()[0], .n = b_.shape()[1], .k = a_.shape()[1], .a = a_.data(), .b = b_.data(), .c = c_.data()};
  }
  void loop() override { matmul(variant_, gemm_, scratch_, parallel_); }
  std::vector<NamedArray> inputs() override { return {{"a", view_of(a_)}, {"b", view_of(b_)}}; }
  NamedArray answer() override { return {"c", view_of(c_)}; }
  std::optional<Reference> reference() override { return reference_matmul(gemm_); }

 private:
  MatmulI8Variant variant_;
  Parallel& parallel_;
  Tensor<std::int8_t> a_, b_, scratch_;
  Tensor<std::int32_t> c_;
  GemmI8 gemm_;
};

Conv2dVariant conv2d_variant(const std::string& name) {
  if (name == "direct") return Conv2dVariant::direct;
  if (name == "winograd") return Conv2dVariant::winograd;
  check(name == "reference", "a known conv2d variant");
  return Conv2dVariant::reference;
}

class Conv2dCase final : public Workload {
 public:
  Conv2dCase(const CaseSpec& spec, const WorkloadOptions& options)
      : variant_(conv2d_variant(spec.variant)), parallel_(*options.parallel) {
    shape_ = {.n = parameter(spec, "n"), .h = parameter(spec, "h"), .w = parameter(spec, "w"), .c = parameter(spec, "c"),
              .k = parameter(spec, "k"), .r = parameter(spec, "r"), .s = parameter(spec, "s"),
              .padding = text_parameter(spec, "padding") == "same" ? Padding::same : Padding::valid};
    x_ = Tensor<float>(shape_.input_shape());
    weights_ = Tensor<float>(shape_.filter_shape());
    y_ = Tensor<float>(shape_.output_shape());
    fill_normal(x_.span(), options.seed, 0);
    fill_normal(weights_.span(), options.seed, 1);
  }
  void loop() override { conv2d(variant_, shape_, x_.data(), weights_.data(), y_.data(), parallel_); }
  std::vector<NamedArray> inputs() override { return {{"x", view_of(x_)}, {"w", view_of(weights_)}}; }
  NamedArray answer() override { return {"y", view_of(y_)}; }
  std::optional<Reference> reference() override {
    const auto reference = variant_ == Conv2dVariant::winograd ? reference_winograd : reference_conv2d;
    return reference(shape_, x_.data(), weights_.data());
  }

 private:
  Conv2dVariant variant_;
  Parallel& parallel_;
  Conv2dShape shape_;
  Tensor<float> x_, weights_, y_;
};

}  // namespace

std::unique_ptr<Workload> make_matmul(const CaseSpec& spec, const WorkloadOptions& options) {
  if (spec.dtype == "i8") return std::make_unique<MatmulI8>(spec, options);
  if (spec.dtype == "f64") return std::make_unique<Matmul<double>>(spec, options);
  check(spec.dtype == "f32", "a known matmul type");
  return std::make_unique<Matmul<float>>(spec, options);
}

std::unique_ptr<Workload> make_conv2d(const CaseSpec& spec, const WorkloadOptions& options) {
  return std::make_unique<Conv2dCase>(spec, options);
}

}  // namespace m1bench
