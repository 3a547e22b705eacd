// C entry points over libtorch, for 1.13 and 2.x. A tensor handle is an owned TensorImpl*, a generator handle an owned
// GeneratorImpl*; a null handle is "no value". Every function that can throw returns an error code and keeps the message.
#pragma once
#include <ATen/core/Generator.h>
#include <ATen/core/Tensor.h>
#include <ATen/core/ivalue.h>
#include <cstdint>
#include <string>
#include <utility>

#define SHIM extern "C" __attribute__((visibility("default")))

namespace shim {

using TensorPtr = c10::intrusive_ptr<c10::TensorImpl, c10::UndefinedTensorImpl>;

void fail(const char* message) noexcept;

/// A tensor that shares the handle's reference for as long as it lives.
inline at::Tensor borrow(c10::TensorImpl* handle) {
  return handle == nullptr ? at::Tensor() : at::Tensor(TensorPtr::reclaim_copy(handle));
}

/// Hands the tensor's reference to the caller; an undefined tensor becomes null.
inline c10::TensorImpl* give(at::Tensor tensor) {
  return tensor.defined() ? tensor.unsafeReleaseTensorImpl() : nullptr;
}

inline at::Generator borrow(c10::GeneratorImpl* handle) {
  return at::Generator(c10::intrusive_ptr<c10::GeneratorImpl>::reclaim_copy(handle));
}

/// Runs the body; on an exception keeps its message and returns the given result.
template <class Result, class Body>
Result guarded(Result onError, Body&& body) noexcept {
  try {
    return std::forward<Body>(body)();
  } catch (const std::exception& e) {
    fail(e.what());
  } catch (...) {
    fail("unknown C++ exception");
  }
  return onError;
}

}  // namespace shim
