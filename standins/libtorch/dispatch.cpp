// The one entry point that reaches every ATen operator.
#include "shim.h"

#include <ATen/core/dispatch/Dispatcher.h>

#include <vector>

namespace {

enum Tag : int32_t {
  kDefault = 0,      // the value the operator's schema gives
  kNone = 1,
  kTensor = 2,
  kInt = 3,          // also dtype, layout and memory format
  kDouble = 4,
  kBool = 5,
  kIntList = 6,
  kDoubleList = 7,
  kTensorList = 8,
  kOptionalTensorList = 9,
  kGenerator = 10,
  kString = 11,
  kDevice = 12,      // size holds the index
  kUnsupported = 13,
};

/// How arguments and results cross the border.
struct Value {
  int32_t tag;
  int32_t size;
  union {
    int64_t i;
    double d;
    const void* p;
  };
};

using c10::IValue;
using torch::jit::Stack;

thread_local std::string lastError;
thread_local Stack spareStack;
thread_local std::vector<c10::TensorImpl*> listResult;

/// Borrows the thread's stack so that a call allocates none; a call inside a call gets a fresh one.
struct BorrowedStack {
  Stack stack;
  BorrowedStack() { stack.swap(spareStack); }
  ~BorrowedStack() {
    stack.clear();
    stack.swap(spareStack);
  }
};

IValue toOptionalTensorList(const Value& value) {
  c10::impl::GenericList list(c10::OptionalType::create(c10::TensorType::get()));
  auto handles = static_cast<c10::TensorImpl* const*>(value.p);
  for (int32_t i = 0; i < value.size; i++) {
    list.push_back(handles[i] == nullptr ? IValue() : IValue(shim::borrow(handles[i])));
  }
  return list;
}

IValue toTensorList(const Value& value) {
  c10::List<at::Tensor> list;
  list.reserve(value.size);
  auto handles = static_cast<c10::TensorImpl* const*>(value.p);
  for (int32_t i = 0; i < value.size; i++) list.push_back(shim::borrow(handles[i]));
  return list;
}

template <class T>
IValue toList(const Value& value) {
  auto first = static_cast<const T*>(value.p);
  return std::vector<T>(first, first + value.size);
}

c10::TensorImpl* tensorOf(const Value& value) {
  return static_cast<c10::TensorImpl*>(const_cast<void*>(value.p));
}

IValue toIValue(const Value& value, const c10::Argument& argument) {
  switch (value.tag) {
    case kDefault:
      TORCH_CHECK(argument.default_value().has_value(), "argument '", argument.name(), "' has no default");
      return *argument.default_value();
    case kNone: return IValue();
    case kTensor: return shim::borrow(tensorOf(value));
    case kInt: return value.i;
    case kDouble: return value.d;
    case kBool: return value.i != 0;
    case kIntList: return toList<int64_t>(value);
    case kDoubleList: return toList<double>(value);
    case kTensorList: return toTensorList(value);
    case kOptionalTensorList: return toOptionalTensorList(value);
    case kGenerator: return shim::borrow(static_cast<c10::GeneratorImpl*>(const_cast<void*>(value.p)));
    case kString: return std::string(static_cast<const char*>(value.p), value.size);
    case kDevice: return c10::Device(static_cast<c10::DeviceType>(value.i), static_cast<c10::DeviceIndex>(value.size));
    default: TORCH_CHECK(false, "unknown argument tag ", value.tag);
  }
}

/// The list stays valid until this thread's next call.
Value fromList(const c10::List<at::Tensor>& tensors) {
  listResult.clear();
  for (size_t i = 0; i < tensors.size(); i++) listResult.push_back(shim::give(tensors.get(i)));
  Value value{kTensorList, static_cast<int32_t>(listResult.size()), {}};
  value.p = listResult.data();
  return value;
}

Value fromIValue(IValue&& ivalue) {
  Value value{kUnsupported, 0, {}};
  if (ivalue.isTensor()) {
    value.p = shim::give(std::move(ivalue).toTensor());
    value.tag = value.p == nullptr ? kNone : kTensor;
  } else if (ivalue.isInt()) {
    value.tag = kInt;
    value.i = ivalue.toInt();
  } else if (ivalue.isDouble()) {
    value.tag = kDouble;
    value.d = ivalue.toDouble();
  } else if (ivalue.isBool()) {
    value.tag = kBool;
    value.i = ivalue.toBool();
  } else if (ivalue.isTensorList()) {
    value = fromList(ivalue.toTensorList());
  }
  return value;
}

}  // namespace

void shim::fail(const char* message) noexcept { lastError = message; }

SHIM const char* shim_error() { return lastError.c_str(); }

/// Looks an operator up; the handle lives for the life of the process. Null when there is none.
SHIM void* shim_find(const char* name, const char* overload) {
  return shim::guarded<void*>(nullptr, [&]() -> void* {
    auto found = c10::Dispatcher::singleton().findSchema({name, overload});
    TORCH_CHECK(found.has_value(), "libtorch has no operator ", name, ".", overload);
    return new c10::OperatorHandle(*found);
  });
}

/// Calls an operator. Arguments that are not given take the schema's defaults; results beyond resultCount are dropped.
/// Returns the number of results written, or -1.
SHIM int32_t shim_call(void* op, const Value* arguments, int32_t argumentCount, Value* results, int32_t resultCount) {
  return shim::guarded<int32_t>(-1, [&] {
    auto& handle = *static_cast<c10::OperatorHandle*>(op);
    auto& schema = handle.schema().arguments();
    TORCH_CHECK(static_cast<size_t>(argumentCount) <= schema.size(), "too many arguments for ", handle.schema().name());
    BorrowedStack borrowed;
    Stack& stack = borrowed.stack;
    stack.reserve(schema.size());
    for (int32_t i = 0; i < argumentCount; i++) stack.push_back(toIValue(arguments[i], schema[i]));
    for (size_t i = argumentCount; i < schema.size(); i++) stack.push_back(toIValue(Value{kDefault, 0, {}}, schema[i]));
    handle.callBoxed(stack);
    int32_t count = std::min<int32_t>(resultCount, static_cast<int32_t>(stack.size()));
    for (int32_t i = 0; i < count; i++) results[i] = fromIValue(std::move(stack[i]));
    return count;
  });
}
