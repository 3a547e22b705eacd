using TorchSharp.Native;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The elements; a tensor on another device is copied first.</summary>
        public TensorAccessor<T> data<T>() where T : unmanaged
        {
            ValidateType(typeof(T));
            return new TensorAccessor<T>(device_type == DeviceType.CPU ? this : cpu());
        }

        /// <summary>The only element.</summary>
        public T item<T>() where T : unmanaged
        {
            if (NumberOfElements != 1)
                throw new ArgumentException("Number of elements in the tensor must be 1");
            return data<T>()[0];
        }

        /// <summary>The only element, whatever its type.</summary>
        public Scalar ToScalar()
        {
            var value = Aten.CallScalar("_local_scalar_dense", this);
            return new Scalar(value.Tag, value.Payload);
        }

        /// <summary>The memory of a contiguous CPU tensor; no longer valid once the tensor is gone.</summary>
        public unsafe Span<byte> bytes
        {
            get
            {
                var size = NumberOfElements * ElementSize;
                CheckReadable(size);
                return new Span<byte>(DataPointer(), (int)size);
            }

            set
            {
                if (!is_contiguous())
                    throw new InvalidOperationException("SetBytes() called on non-contiguous tensor.");
                if (NumberOfElements * ElementSize != value.Length)
                    throw new ArgumentException("Mismatched data sizes in SetBytes().");
                value.CopyTo(new Span<byte>(DataPointer(), value.Length));
            }
        }

        /// <summary>Writes the memory of a contiguous CPU tensor.</summary>
        public unsafe void WriteBytesToStream(Stream stream, int bufferSize = 1024)
        {
            CheckReadable(0);
            var (pointer, left) = ((nint)DataPointer(), NumberOfElements * ElementSize);
            for (int step; left > 0; pointer += step, left -= step)
            {
                step = (int)Math.Min(left, 1 << 20);
                stream.Write(new ReadOnlySpan<byte>((void*)pointer, step));
            }
            GC.KeepAlive(this);
        }

        /// <summary>Reads the memory of a contiguous CPU tensor.</summary>
        public unsafe void ReadBytesFromStream(Stream stream, int bufferSize = 1024)
        {
            CheckReadable(0);
            var (pointer, left) = ((nint)DataPointer(), NumberOfElements * ElementSize);
            for (int step; left > 0; pointer += step, left -= step)
            {
                step = (int)Math.Min(left, 1 << 20);
                stream.ReadExactly(new Span<byte>((void*)pointer, step));
            }
            GC.KeepAlive(this);
        }

        internal unsafe void* DataPointer()
        {
            var pointer = Shim.shim_tensor_data(Handle);
            if (pointer is null && NumberOfElements > 0)
                Shim.Check((nint)0);
            GC.KeepAlive(this);
            return pointer;
        }

        private void CheckReadable(long size)
        {
            if (!is_contiguous())
                throw new InvalidOperationException("Bytes() called on non-contiguous tensor.");
            if (size > int.MaxValue)
                throw new ArgumentException("Span only supports up to int.MaxValue elements.");
            if (device_type != DeviceType.CPU)
                throw new InvalidOperationException("Reading data from non-CPU memory is not supported. Move or copy the tensor to the cpu before reading.");
        }

        private void ValidateType(Type type)
        {
            var expected = dtype switch
            {
                ScalarType.Byte => typeof(byte),
                ScalarType.Int8 => typeof(sbyte),
                ScalarType.Int16 => typeof(short),
                ScalarType.Int32 => typeof(int),
                ScalarType.Int64 => typeof(long),
                ScalarType.Bool => typeof(bool),
                ScalarType.Float16 => typeof(Half),
                ScalarType.Float32 => typeof(float),
                ScalarType.Float64 => typeof(double),
                _ => throw new ArgumentException($"No support for {dtype} in TorchSharp"),
            };
            if (type != expected)
                throw new ArgumentException($"{type.Name} is not compatible with {dtype}");
        }
    }
}
