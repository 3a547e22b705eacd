// Gradients: flags and accumulated gradients of a tensor, the engine, and the modes of the calling thread.
#include "shim.h"

#include <ATen/core/grad_mode.h>
#include <c10/core/InferenceMode.h>
#include <torch/csrc/api/include/torch/autograd.h>
#include <torch/csrc/autograd/anomaly_mode.h>

using c10::TensorImpl;
using torch::autograd::variable_list;

namespace {

variable_list toList(TensorImpl* const* handles, int32_t count) {
  variable_list list;
  list.reserve(count);
  for (int32_t i = 0; i < count; i++) list.push_back(shim::borrow(handles[i]));
  return list;
}

}  // namespace

SHIM int32_t shim_tensor_requires_grad(TensorImpl* handle) { return shim::borrow(handle).requires_grad(); }

SHIM int32_t shim_tensor_set_requires_grad(TensorImpl* handle, int32_t value) {
  return shim::guarded(-1, [&] {
    shim::borrow(handle).set_requires_grad(value != 0);
    return 0;
  });
}

SHIM int32_t shim_tensor_is_leaf(TensorImpl* handle) {
  return shim::guarded(-1, [&] { return static_cast<int>(shim::borrow(handle).is_leaf()); });
}

SHIM int32_t shim_tensor_retain_grad(TensorImpl* handle) {
  return shim::guarded(-1, [&] {
    shim::borrow(handle).retain_grad();
    return 0;
  });
}

/// Null when there is no gradient.
SHIM TensorImpl* shim_tensor_grad(TensorImpl* handle) {
  return shim::guarded<TensorImpl*>(nullptr, [&] { return shim::give(shim::borrow(handle).mutable_grad()); });
}

SHIM int32_t shim_tensor_set_grad(TensorImpl* handle, TensorImpl* gradient) {
  return shim::guarded(-1, [&] {
    shim::borrow(handle).mutable_grad() = shim::borrow(gradient);
    return 0;
  });
}

SHIM int32_t shim_backward(TensorImpl* const* tensors, int32_t count, TensorImpl* const* gradients, int32_t gradientCount,
                           int32_t retainGraph, int32_t createGraph, TensorImpl* const* inputs, int32_t inputCount) {
  return shim::guarded(-1, [&] {
    torch::autograd::backward(toList(tensors, count), toList(gradients, gradientCount), retainGraph != 0, createGraph != 0,
                              toList(inputs, inputCount));
    return 0;
  });
}

/// Writes one handle per input, null where the input was not used.
SHIM int32_t shim_grad(TensorImpl* const* outputs, int32_t outputCount, TensorImpl* const* inputs, int32_t inputCount,
                       TensorImpl* const* gradients, int32_t gradientCount, int32_t retainGraph, int32_t createGraph,
                       int32_t allowUnused, TensorImpl** results) {
  return shim::guarded(-1, [&] {
    auto list = torch::autograd::grad(toList(outputs, outputCount), toList(inputs, inputCount), toList(gradients, gradientCount),
                                      retainGraph != 0, createGraph != 0, allowUnused != 0);
    for (int32_t i = 0; i < inputCount; i++) results[i] = shim::give(std::move(list[i]));
    return 0;
  });
}

SHIM int32_t shim_grad_enabled() { return c10::GradMode::is_enabled(); }

SHIM void shim_set_grad_enabled(int32_t enabled) { c10::GradMode::set_enabled(enabled != 0); }

SHIM void* shim_inference_mode_enter(int32_t enabled) { return new c10::InferenceMode(enabled != 0); }

SHIM void shim_inference_mode_leave(void* guard) { delete static_cast<c10::InferenceMode*>(guard); }

SHIM int32_t shim_inference_mode_enabled() { return c10::InferenceMode::is_enabled(); }

SHIM int32_t shim_anomaly_enabled() { return torch::autograd::AnomalyMode::is_enabled(); }

SHIM int32_t shim_anomaly_check_nan() { return torch::autograd::AnomalyMode::should_check_nan(); }

SHIM void shim_set_anomaly(int32_t enabled, int32_t checkNan) { torch::autograd::AnomalyMode::set_enabled(enabled != 0, checkNan != 0); }
