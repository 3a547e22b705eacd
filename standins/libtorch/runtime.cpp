// Random generators, threads, devices and other state of the process.
#include "shim.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/detail/CUDAHooksInterface.h>
#include <c10/core/DefaultDtype.h>
#include <c10/core/impl/DeviceGuardImplInterface.h>

#include <mutex>

using c10::GeneratorImpl;

namespace {

std::lock_guard<std::mutex> lock(at::Generator& generator) {
  return std::lock_guard<std::mutex>(generator.mutex());
}

int32_t deviceCount(c10::DeviceType type) {
  return c10::impl::hasDeviceGuardImpl(type) ? c10::impl::getDeviceGuardImpl(type)->deviceCount() : 0;
}

}  // namespace

SHIM GeneratorImpl* shim_generator_new(uint64_t seed) {
  return shim::guarded<GeneratorImpl*>(nullptr, [&] { return at::detail::createCPUGenerator(seed).unsafeReleaseGeneratorImpl(); });
}

/// The generator that operators without one of their own draw from; the caller owns a reference.
SHIM GeneratorImpl* shim_generator_default() {
  return shim::guarded<GeneratorImpl*>(nullptr, [] {
    return at::Generator(at::detail::getDefaultCPUGenerator()).unsafeReleaseGeneratorImpl();
  });
}

SHIM void shim_generator_free(GeneratorImpl* handle) { c10::intrusive_ptr<GeneratorImpl>::reclaim(handle); }

SHIM void shim_generator_set_seed(GeneratorImpl* handle, uint64_t seed) {
  auto generator = shim::borrow(handle);
  auto held = lock(generator);
  generator.set_current_seed(seed);
}

SHIM uint64_t shim_generator_seed(GeneratorImpl* handle) {
  auto generator = shim::borrow(handle);
  auto held = lock(generator);
  return generator.seed();
}

SHIM uint64_t shim_generator_current_seed(GeneratorImpl* handle) { return shim::borrow(handle).current_seed(); }

SHIM c10::TensorImpl* shim_generator_get_state(GeneratorImpl* handle) {
  return shim::guarded<c10::TensorImpl*>(nullptr, [&] {
    auto generator = shim::borrow(handle);
    auto held = lock(generator);
    return shim::give(generator.get_state());
  });
}

SHIM int32_t shim_generator_set_state(GeneratorImpl* handle, c10::TensorImpl* state) {
  return shim::guarded(-1, [&] {
    auto generator = shim::borrow(handle);
    auto held = lock(generator);
    generator.set_state(shim::borrow(state));
    return 0;
  });
}

/// Seeds the default generators of every device.
SHIM int32_t shim_manual_seed(uint64_t seed) {
  return shim::guarded(-1, [&] {
    at::manual_seed(seed);
    return 0;
  });
}

SHIM int32_t shim_num_threads() { return at::get_num_threads(); }

SHIM int32_t shim_set_num_threads(int32_t count) {
  return shim::guarded(-1, [&] {
    at::set_num_threads(count);
    return 0;
  });
}

SHIM int32_t shim_num_interop_threads() {
  return shim::guarded(-1, [] { return static_cast<int32_t>(at::get_num_interop_threads()); });
}

SHIM int32_t shim_set_num_interop_threads(int32_t count) {
  return shim::guarded(-1, [&] {
    at::set_num_interop_threads(count);
    return 0;
  });
}

SHIM int32_t shim_default_dtype() { return static_cast<int32_t>(c10::typeMetaToScalarType(c10::get_default_dtype())); }

SHIM int32_t shim_set_default_dtype(int32_t dtype) {
  return shim::guarded(-1, [&] {
    c10::set_default_dtype(c10::scalarTypeToTypeMeta(static_cast<c10::ScalarType>(dtype)));
    return 0;
  });
}

SHIM int32_t shim_cuda_device_count() {
  return shim::guarded(0, [] { return deviceCount(c10::DeviceType::CUDA); });
}

SHIM int32_t shim_cuda_synchronize(int32_t index) {
  return shim::guarded(-1, [&] {
    at::detail::getCUDAHooks().deviceSynchronize(static_cast<c10::DeviceIndex>(index));
    return 0;
  });
}
