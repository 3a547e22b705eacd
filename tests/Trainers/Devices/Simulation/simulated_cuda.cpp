// A CUDA device made of the processor, for tests on machines that have no GPU. Its memory is the processor's, and operators compute with the processor's
// kernels; but it refuses what a real one refuses: tensors of different devices in one operator, and a CPU generator for its tensors. It also counts
// how often a program waits for it. Load it before anything else of libtorch is used. For libtorch 1.13.
#include <ATen/ATen.h>
#include <ATen/CPUGeneratorImpl.h>
#include <ATen/EmptyTensor.h>
#include <ATen/core/LegacyTypeDispatch.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/detail/CUDAHooksInterface.h>
#include <c10/core/impl/DeviceGuardImplInterface.h>
#include <torch/library.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <mutex>
#include <set>

namespace {

using at::Tensor;
using c10::Device;
using c10::DeviceIndex;
using c10::DeviceType;
using c10::DispatchKey;
using c10::DispatchKeySet;
using c10::IValue;
using torch::jit::Stack;

constexpr auto kGpu = DeviceType::CUDA;

std::atomic<int64_t> waits{0};

/// Something for which the processor has to wait until the device has caught up.
void waited(const char* what) {
  waits++;
  static const bool isTold = std::getenv("SIMULATED_CUDA_TRACE") != nullptr;
  if (isTold) std::fprintf(stderr, "waits for the device: %s\n", what);
}

// Memory.

void freeStorage(void* storage) { delete static_cast<c10::Storage*>(storage); }

/// The same memory, as that of another device; it lives as long as it is used there.
c10::DataPtr sharedBy(const c10::Storage& storage, Device device) {
  return {storage.data(), new c10::Storage(storage), freeStorage, device};
}

// As libtorch aligns the processor's: libraries of matrix products round by how memory lies.
void* aligned(size_t bytes) {
  constexpr size_t alignment = 64;
  return std::aligned_alloc(alignment, (std::max<size_t>(bytes, 1) + alignment - 1) / alignment * alignment);
}

struct GpuAllocator final : c10::Allocator {
  c10::DataPtr allocate(size_t bytes) const override {
    void* data = bytes == 0 ? nullptr : aligned(bytes);
    return {data, data, std::free, Device(kGpu, 0)};
  }
  c10::DeleterFnPtr raw_deleter() const override { return std::free; }
} gpuAllocator;

std::mutex pinnedMutex;
std::map<char*, size_t> pinned;

bool isPinned(void* data) {
  std::lock_guard<std::mutex> held(pinnedMutex);
  auto after = pinned.upper_bound(static_cast<char*>(data));
  return after != pinned.begin() && static_cast<char*>(data) < std::prev(after)->first + std::prev(after)->second;
}

void freePinned(void* data) {
  std::lock_guard<std::mutex> held(pinnedMutex);
  pinned.erase(static_cast<char*>(data));
  std::free(data);
}

struct PinnedAllocator final : c10::Allocator {
  c10::DataPtr allocate(size_t bytes) const override {
    void* data = aligned(bytes);
    std::lock_guard<std::mutex> held(pinnedMutex);
    pinned[static_cast<char*>(data)] = std::max<size_t>(bytes, 1);
    return {data, data, freePinned, Device(DeviceType::CPU)};
  }
  c10::DeleterFnPtr raw_deleter() const override { return freePinned; }
} pinnedAllocator;

// The device.

struct GpuGuard final : c10::impl::DeviceGuardImplInterface {
  GpuGuard() = default;
  explicit GpuGuard(DeviceType) {}
  DeviceType type() const override { return kGpu; }
  Device exchangeDevice(Device) const override { return {kGpu, 0}; }
  Device getDevice() const override { return {kGpu, 0}; }
  void setDevice(Device) const override {}
  void uncheckedSetDevice(Device) const noexcept override {}
  c10::Stream getStream(Device) const noexcept override { return c10::Stream(c10::Stream::DEFAULT, Device(kGpu, 0)); }
  c10::Stream getDefaultStream(Device) const override { return c10::Stream(c10::Stream::DEFAULT, Device(kGpu, 0)); }
  c10::Stream exchangeStream(c10::Stream) const noexcept override { return c10::Stream(c10::Stream::DEFAULT, Device(kGpu, 0)); }
  DeviceIndex deviceCount() const noexcept override { return 1; }
  void record(void**, const c10::Stream&, const DeviceIndex, const c10::EventFlag) const override {}
  void block(void*, const c10::Stream&) const override {}
  bool queryEvent(void*) const override { return true; }
  void destroyEvent(void*, const DeviceIndex) const noexcept override {}
};

C10_REGISTER_GUARD_IMPL(CUDA, GpuGuard);

/// A generator of the device, which draws as the processor's does.
struct GpuGenerator final : c10::GeneratorImpl {
  explicit GpuGenerator(uint64_t seed)
      : GeneratorImpl(Device(kGpu, 0), DispatchKeySet(DispatchKey::CUDA)), inner(at::detail::createCPUGenerator(seed)) {}
  void set_current_seed(uint64_t seed) override { inner.set_current_seed(seed); }
  uint64_t current_seed() const override { return inner.current_seed(); }
  uint64_t seed() override { return inner.seed(); }
  void set_state(const c10::TensorImpl& state) override {
    inner.set_state(Tensor(c10::intrusive_ptr<c10::TensorImpl, c10::UndefinedTensorImpl>::reclaim_copy(const_cast<c10::TensorImpl*>(&state))));
  }
  c10::intrusive_ptr<c10::TensorImpl> get_state() const override { return inner.get_state().getIntrusivePtr(); }
  GeneratorImpl* clone_impl() const override {
    auto copy = new GpuGenerator(0);
    copy->inner = inner.clone();
    return copy;
  }
  at::Generator inner;
};

at::Generator& defaultGenerator() {
  static at::Generator generator = at::make_generator<GpuGenerator>(c10::default_rng_seed_val);
  return generator;
}

at::Generator& drawnFrom(at::Generator& generator) { return static_cast<GpuGenerator*>(generator.unsafeGetGeneratorImpl())->inner; }

// The name by which libtorch asks for them.
struct CUDAHooks final : at::CUDAHooksInterface {
  explicit CUDAHooks(at::CUDAHooksArgs) {}
  void initCUDA() const override {}
  const at::Generator& getDefaultCUDAGenerator(DeviceIndex) const override { return defaultGenerator(); }
  Device getDeviceFromPtr(void*) const override { return {kGpu, 0}; }
  bool isPinnedPtr(void* data) const override { return isPinned(data); }
  bool hasCUDA() const override { return true; }
  bool hasPrimaryContext(int64_t) const override { return true; }
  int64_t current_device() const override { return 0; }
  c10::Allocator* getPinnedMemoryAllocator() const override { return &pinnedAllocator; }
  c10::Allocator* getCUDADeviceAllocator() const override { return &gpuAllocator; }
  int getNumGPUs() const override { return 1; }
  void deviceSynchronize(int64_t) const override { waited("synchronize"); }
};

}  // namespace

namespace at {
REGISTER_CUDA_HOOKS(CUDAHooks);
}

namespace {

// Operators.

/// The tensors of one call, seen as the processor's and back.
class Call {
 public:
  Tensor toCpu(const Tensor& tensor) {
    if (!tensor.defined() || !tensor.is_cuda()) return tensor;
    for (auto& known : tensors_) {
      if (known.gpu.is_same(tensor)) return known.cpu;
    }
    auto cpu = at::detail::make_tensor<c10::TensorImpl>(c10::Storage(cpuStorage(tensor.storage())), DispatchKeySet(DispatchKey::CPU), tensor.dtype());
    auto impl = cpu.unsafeGetTensorImpl();
    impl->set_storage_offset(tensor.storage_offset());
    impl->set_sizes_and_strides(tensor.sizes(), tensor.strides());
    if (tensor.unsafeGetTensorImpl()->is_wrapped_number()) impl->set_wrapped_number(true);
    tensors_.push_back({tensor, cpu});
    return cpu;
  }

  Tensor toGpu(const Tensor& cpu) {
    if (!cpu.defined() || cpu.is_cuda()) return cpu;
    for (auto& known : tensors_) {
      if (known.cpu.is_same(cpu)) return known.gpu;
    }
    auto gpu = at::detail::make_tensor<c10::TensorImpl>(c10::Storage(gpuStorage(cpu.storage())), DispatchKeySet(DispatchKey::CUDA), cpu.dtype());
    gpu.unsafeGetTensorImpl()->set_storage_offset(cpu.storage_offset());
    gpu.unsafeGetTensorImpl()->set_sizes_and_strides(cpu.sizes(), cpu.strides());
    return gpu;
  }

  /// Gives arguments the memory and the shape that the operator has left them with.
  void finish() {
    for (auto& known : storages_) {
      if (known.cpu->data() == known.data) continue;
      auto grown = known.cpu->set_data_ptr(c10::DataPtr());
      auto data = grown.get();
      auto release = grown.get_deleter();
      known.gpu->set_data_ptr(c10::DataPtr(data, grown.release_context(), release, Device(kGpu, 0)));
      known.gpu->set_nbytes(known.cpu->nbytes());
    }
    for (auto& known : tensors_) {
      auto to = known.gpu.unsafeGetTensorImpl();
      auto storage = gpuStorage(known.cpu.storage());
      if (to->storage().unsafeGetStorageImpl() != storage.get()) to->set_storage_keep_dtype(c10::Storage(storage));
      if (to->storage_offset() != known.cpu.storage_offset()) to->set_storage_offset(known.cpu.storage_offset());
      if (to->sizes() != known.cpu.sizes() || to->strides() != known.cpu.strides()) to->set_sizes_and_strides(known.cpu.sizes(), known.cpu.strides());
    }
  }

 private:
  using StoragePtr = c10::intrusive_ptr<c10::StorageImpl>;
  struct SeenTensor { Tensor gpu, cpu; };
  struct SeenStorage { StoragePtr gpu, cpu; void* data; };

  static StoragePtr pointerTo(const c10::Storage& storage) { return StoragePtr::reclaim_copy(storage.unsafeGetStorageImpl()); }

  StoragePtr cpuStorage(const c10::Storage& gpu) {
    for (auto& known : storages_) {
      if (known.gpu.get() == gpu.unsafeGetStorageImpl()) return known.cpu;
    }
    auto cpu = c10::make_intrusive<c10::StorageImpl>(
        c10::StorageImpl::use_byte_size_t(), gpu.nbytes(), sharedBy(gpu, Device(DeviceType::CPU)), c10::GetAllocator(DeviceType::CPU), true);
    storages_.push_back({pointerTo(gpu), cpu, gpu.data()});
    return cpu;
  }

  StoragePtr gpuStorage(const c10::Storage& cpu) {
    for (auto& known : storages_) {
      if (known.cpu.get() == cpu.unsafeGetStorageImpl()) return known.gpu;
    }
    auto gpu = c10::make_intrusive<c10::StorageImpl>(
        c10::StorageImpl::use_byte_size_t(), cpu.nbytes(), sharedBy(cpu, Device(kGpu, 0)), &gpuAllocator, true);
    storages_.push_back({gpu, pointerTo(cpu), cpu.data()});
    return gpu;
  }

  std::vector<SeenTensor> tensors_;
  std::vector<SeenStorage> storages_;
};

/// Operators of two tensors, of which CUDA lets one be a number in the processor's memory.
const std::set<std::string> takesCpuNumber = {
    "aten::add", "aten::add_", "aten::sub", "aten::sub_", "aten::mul", "aten::mul_", "aten::div", "aten::div_", "aten::pow", "aten::pow_", "aten::maximum",
    "aten::minimum", "aten::eq", "aten::ne", "aten::lt", "aten::le", "aten::gt", "aten::ge", "aten::fill_", "aten::masked_fill_", "aten::atan2",
    "aten::fmod", "aten::remainder", "aten::bitwise_and", "aten::bitwise_or", "aten::logical_and", "aten::logical_or"};

/// Operators whose result the processor has to know before it can go on.
const std::set<std::string> asksTheDevice = {
    "aten::_local_scalar_dense", "aten::nonzero", "aten::masked_select", "aten::bincount", "aten::equal", "aten::_unique2", "aten::unique_dim",
    "aten::repeat_interleave"};

class Arguments {
 public:
  Arguments(const c10::OperatorHandle& op, Call& call) : op_(op), call_(call) {}

  IValue convert(const IValue& value, const c10::Argument& argument) {
    if (value.isTensor()) return one(value.toTensor());
    if (value.isTensorList()) {
      c10::List<Tensor> list;
      for (const auto& tensor : value.toTensorVector()) list.push_back(one(tensor));
      return list;
    }
    if (value.isList() && value.toList().elementType()->isSubtypeOf(*c10::OptionalType::ofTensor())) {
      c10::List<c10::optional<Tensor>> list;
      for (const IValue& element : value.toListRef()) {
        list.push_back(element.isNone() ? c10::optional<Tensor>() : c10::optional<Tensor>(one(element.toTensor())));
      }
      return list;
    }
    if (value.isDevice()) return value.toDevice().is_cuda() ? IValue(Device(DeviceType::CPU)) : value;
    if (argument.name() == "generator") return generator(value);
    return value;
  }

  void check() const {
    TORCH_CHECK(!met_ || (large_ == 0 && (numbers_ == 0 || (numbers_ == 1 && takesCpuNumber.count(op_.schema().name())))),
                "Expected all tensors to be on the same device, but found at least two devices, cuda:0 and cpu! (in ", op_.schema().name(), ")");
  }

 private:
  Tensor one(const Tensor& tensor) {
    if (tensor.defined()) {
      met_ |= tensor.is_cuda();
      if (!tensor.is_cuda() && !tensor.unsafeGetTensorImpl()->is_wrapped_number()) (tensor.dim() > 0 ? large_ : numbers_)++;
    }
    return call_.toCpu(tensor);
  }

  static IValue generator(const IValue& value) {
    if (value.isNone()) return drawnFrom(defaultGenerator());
    auto given = value.toGenerator();
    TORCH_CHECK(given.device().is_cuda(), "Expected a 'cuda' device type for generator but found '", given.device().type(), "'");
    return drawnFrom(given);
  }

  const c10::OperatorHandle& op_;
  Call& call_;
  bool met_ = false;
  int large_ = 0;
  int numbers_ = 0;
};

void compute(const c10::OperatorHandle& op, Stack* stack) {
  at::AutoDispatchBelowADInplaceOrView below;
  const auto& schema = op.schema();
  if (asksTheDevice.count(schema.name())) waited(schema.name().c_str());
  Call call;
  Arguments arguments(op, call);
  auto first = stack->size() - schema.arguments().size();
  for (size_t i = 0; i < schema.arguments().size(); i++) (*stack)[first + i] = arguments.convert((*stack)[first + i], schema.arguments()[i]);
  arguments.check();
  op.redispatchBoxed(DispatchKeySet(DispatchKey::CPU), stack);
  call.finish();
  for (size_t i = first; i < stack->size(); i++) {
    auto& value = (*stack)[i];
    if (value.isTensor()) {
      value = call.toGpu(value.toTensor());
    } else if (value.isTensorList()) {
      c10::List<Tensor> list;
      for (const auto& tensor : value.toTensorVector()) list.push_back(call.toGpu(tensor));
      value = list;
    }
  }
}

Tensor emptyWithFormat(at::IntArrayRef size, c10::optional<at::ScalarType> dtype, c10::optional<at::Layout>, c10::optional<Device>,
                       c10::optional<bool>, c10::optional<at::MemoryFormat> format) {
  return at::detail::empty_generic(size, &gpuAllocator, DispatchKeySet(DispatchKey::CUDA), c10::dtype_or_default(dtype), format);
}

Tensor emptyStrided(at::IntArrayRef size, at::IntArrayRef stride, c10::optional<at::ScalarType> dtype, c10::optional<at::Layout>, c10::optional<Device>,
                    c10::optional<bool>) {
  return at::detail::empty_strided_generic(size, stride, &gpuAllocator, DispatchKeySet(DispatchKey::CUDA), c10::dtype_or_default(dtype));
}

/// A copy is waited for unless it may go on meanwhile: non-blocking, and with what lies in the processor's memory pinned.
Tensor& copyInto(Tensor& self, const Tensor& source, bool nonBlocking) {
  if (self.is_cuda() != source.is_cuda() && !(nonBlocking && isPinned((self.is_cuda() ? source : self).storage().data()))) {
    waited(self.is_cuda() ? "copy to the device" : "copy from the device");
  }
  Call call;
  call.toCpu(self).copy_(call.toCpu(source));
  return self;
}

bool isPinnedTensor(const Tensor& self, c10::optional<Device>) { return !self.is_cuda() && isPinned(self.storage().data()); }

Tensor pinMemory(const Tensor& self, c10::optional<Device>) {
  auto bytes = at::detail::computeStorageNbytes(self.sizes(), self.strides(), self.dtype().itemsize());
  auto copy = at::empty({0}, self.options()).set_(c10::Storage(c10::Storage::use_byte_size_t(), bytes, &pinnedAllocator, false), 0, self.sizes(), self.strides());
  return copy.copy_(self);
}

std::tuple<Tensor, Tensor> nativeDropout(const Tensor& input, double p, c10::optional<bool> train) {
  if (train.has_value() && !*train) return {input.clone(), at::ones_like(input, at::kBool)};
  auto mask = at::empty_like(input).bernoulli_(1 - p);
  return {input * mask / (1 - p), mask.to(at::kBool)};
}

// On CUDA the cells of recurrent networks are operators of their own, which the processor has not: made of others here, derivatives included.

std::tuple<Tensor, Tensor, Tensor> lstmCell(const Tensor& inputGates, const Tensor& hiddenGates, const Tensor& state, const c10::optional<Tensor>& inputBias,
                                            const c10::optional<Tensor>& hiddenBias) {
  auto gates = inputGates + hiddenGates;
  if (inputBias.has_value() && inputBias->defined()) gates = gates + *inputBias + *hiddenBias;
  auto parts = gates.chunk(4, 1);
  auto next = parts[1].sigmoid() * state + parts[0].sigmoid() * parts[2].tanh();
  return {parts[3].sigmoid() * next.tanh(), next, gates};
}

std::tuple<Tensor, Tensor> gruCell(const Tensor& inputGates, const Tensor& hiddenGates, const Tensor& hidden, const c10::optional<Tensor>& inputBias,
                                   const c10::optional<Tensor>& hiddenBias) {
  auto given = inputGates, kept = hiddenGates;
  if (inputBias.has_value() && inputBias->defined()) {
    given = given + *inputBias;
    kept = kept + *hiddenBias;
  }
  auto in = given.chunk(3, 1), at = kept.chunk(3, 1);
  auto reset = (in[0] + at[0]).sigmoid(), update = (in[1] + at[1]).sigmoid();
  auto proposed = (in[2] + reset * at[2]).tanh();
  return {(hidden - proposed) * update + proposed, given};
}

TORCH_LIBRARY_IMPL(_, CUDA, m) { m.fallback(torch::CppFunction::makeFromBoxedFunction<&compute>()); }

TORCH_LIBRARY_IMPL(aten, CUDA, m) {
  m.impl("empty.memory_format", emptyWithFormat);
  m.impl("empty_strided", emptyStrided);
  m.impl("copy_", copyInto);
  m.impl("is_pinned", isPinnedTensor);
  m.impl("_pin_memory", pinMemory);
  m.impl("native_dropout", nativeDropout);
  m.impl("_thnn_fused_lstm_cell", lstmCell);
  m.impl("_thnn_fused_gru_cell", gruCell);
}

TORCH_LIBRARY_IMPL(aten, AutogradCUDA, m) {
  m.impl("_thnn_fused_lstm_cell", lstmCell);
  m.impl("_thnn_fused_gru_cell", gruCell);
}

}  // namespace

/// How often the program has waited for the device so far.
extern "C" __attribute__((visibility("default"))) int64_t simulated_cuda_waits() { return waits; }
