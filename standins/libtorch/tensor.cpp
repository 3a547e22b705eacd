// Tensor handles: life, queries that need no dispatch, and creation from memory.
#include "shim.h"

#include <ATen/ops/empty.h>
#include <ATen/ops/from_blob.h>

#include <cstring>

using c10::TensorImpl;

SHIM void shim_tensor_free(TensorImpl* handle) { shim::TensorPtr::reclaim(handle); }

SHIM TensorImpl* shim_tensor_alias(TensorImpl* handle) { return shim::give(shim::borrow(handle)); }

SHIM int64_t shim_tensor_dim(TensorImpl* handle) { return handle->dim(); }

SHIM int64_t shim_tensor_numel(TensorImpl* handle) { return handle->numel(); }

SHIM int32_t shim_tensor_dtype(TensorImpl* handle) { return static_cast<int32_t>(c10::typeMetaToScalarType(handle->dtype())); }

SHIM int64_t shim_tensor_element_size(TensorImpl* handle) { return static_cast<int64_t>(handle->itemsize()); }

SHIM int32_t shim_tensor_device_type(TensorImpl* handle) { return static_cast<int32_t>(handle->device_type()); }

SHIM int32_t shim_tensor_device_index(TensorImpl* handle) { return handle->device().index(); }

SHIM int64_t shim_tensor_storage_offset(TensorImpl* handle) { return handle->storage_offset(); }

SHIM int32_t shim_tensor_is_contiguous(TensorImpl* handle) { return handle->is_contiguous(); }

SHIM int32_t shim_tensor_sizes(TensorImpl* handle, int64_t* sizes) {
  return shim::guarded(-1, [&] {
    auto from = handle->sizes();
    std::copy(from.begin(), from.end(), sizes);
    return 0;
  });
}

SHIM int32_t shim_tensor_strides(TensorImpl* handle, int64_t* strides) {
  return shim::guarded(-1, [&] {
    auto from = handle->strides();
    std::copy(from.begin(), from.end(), strides);
    return 0;
  });
}

SHIM void* shim_tensor_data(TensorImpl* handle) {
  return shim::guarded<void*>(nullptr, [&] { return shim::borrow(handle).data_ptr(); });
}

/// A new CPU tensor that holds a copy of the bytes.
SHIM TensorImpl* shim_tensor_new(const void* data, int64_t bytes, const int64_t* sizes, int32_t dim, int32_t dtype) {
  return shim::guarded<TensorImpl*>(nullptr, [&] {
    auto tensor = at::empty(at::IntArrayRef(sizes, dim), at::TensorOptions(static_cast<at::ScalarType>(dtype)));
    TORCH_CHECK(static_cast<int64_t>(tensor.nbytes()) == bytes, "expected ", tensor.nbytes(), " bytes of data, got ", bytes);
    if (bytes > 0) std::memcpy(tensor.data_ptr(), data, bytes);
    return shim::give(std::move(tensor));
  });
}

/// A new CPU tensor over memory that stays the caller's until release is called, from whatever thread drops the last view.
SHIM TensorImpl* shim_tensor_wrap(void* data, const int64_t* sizes, int32_t dim, int32_t dtype, void (*release)(void*), void* context) {
  return shim::guarded<TensorImpl*>(nullptr, [&] {
    return shim::give(at::from_blob(data, at::IntArrayRef(sizes, dim), [release, context](void*) { release(context); },
                                    at::TensorOptions(static_cast<at::ScalarType>(dtype))));
  });
}
