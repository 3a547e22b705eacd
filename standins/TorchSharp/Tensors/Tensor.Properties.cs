using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Number of dimensions.</summary>
        public long ndim => Alive(Shim.shim_tensor_dim(Handle));

        /// <summary>Number of dimensions.</summary>
        public long Dimensions => ndim;

        /// <summary>Number of dimensions.</summary>
        public long dim() => ndim;

        /// <summary>Number of elements.</summary>
        public long NumberOfElements => Alive(Shim.shim_tensor_numel(Handle));

        /// <summary>Number of elements.</summary>
        public long numel() => NumberOfElements;

        /// <summary>Bytes of an element.</summary>
        public long ElementSize => Alive(Shim.shim_tensor_element_size(Handle));

        /// <summary>Bytes of an element.</summary>
        public long element_size() => ElementSize;

        /// <summary>Element type.</summary>
        public ScalarType dtype => (ScalarType)Alive(Shim.shim_tensor_dtype(Handle));

        /// <summary>Kind of device.</summary>
        public DeviceType device_type => (DeviceType)Alive(Shim.shim_tensor_device_type(Handle));

        /// <summary>Number of the device among its kind.</summary>
        public int device_index => (int)Alive(Shim.shim_tensor_device_index(Handle));

        /// <summary>Where the data lives.</summary>
        public Device device => device_type == DeviceType.CPU ? new Device(DeviceType.CPU) : new Device(device_type, device_index);

        /// <summary>Whether the data is on the CPU.</summary>
        public bool is_cpu() => device_type == DeviceType.CPU;

        /// <summary>Whether the data is on a CUDA device.</summary>
        public bool is_cuda => device_type == DeviceType.CUDA;

        /// <summary>Whether the elements are integers or truth values.</summary>
        public bool is_integral() => dtype.IsIntegral();

        /// <summary>Whether the elements are floating-point numbers.</summary>
        public bool is_floating_point() => dtype.IsFloatingPoint();

        /// <summary>Whether the elements lie row by row without gaps.</summary>
        public bool is_contiguous() => Alive(Shim.shim_tensor_is_contiguous(Handle)) != 0;

        /// <summary>First element's place in the storage.</summary>
        public long storage_offset() => Alive(Shim.shim_tensor_storage_offset(Handle));

        /// <summary>Sizes of all dimensions.</summary>
        public long[] shape => size();

        /// <summary>Sizes of all dimensions.</summary>
        public unsafe long[] size()
        {
            var sizes = new long[ndim];
            fixed (long* s = sizes)
                Shim.Check((int)Alive(Shim.shim_tensor_sizes(Handle, s)));
            return sizes;
        }

        /// <summary>Size of a dimension.</summary>
        public long size(int dim) => Aten.CallInt("size.int", this, dim);

        /// <summary>Strides of all dimensions.</summary>
        public unsafe long[] stride()
        {
            var strides = new long[ndim];
            fixed (long* s = strides)
                Shim.Check((int)Alive(Shim.shim_tensor_strides(Handle, s)));
            return strides;
        }

        /// <summary>Stride of a dimension.</summary>
        public long stride(int dim) => Aten.CallInt("stride.int", this, dim);

        /// <summary>Keeps the tensor until the native call has returned.</summary>
        private long Alive(long result)
        {
            GC.KeepAlive(this);
            return result;
        }
    }
}
