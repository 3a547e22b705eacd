using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Shape, element type and device.</summary>
        public override string ToString() => $"[{string.Join('x', shape)}], type = {dtype}, device = {device}";

        /// <summary>Whether shape and all elements are the same.</summary>
        public bool Equals(Tensor target) => target is not null && Aten.CallInt("equal", this, target) != 0;

        /// <summary>Whether shape and all elements are the same.</summary>
        public override bool Equals(object? obj) => obj is Tensor target && Equals(target);

        /// <summary>By reference.</summary>
        public override int GetHashCode() => base.GetHashCode();

        /// <summary>Reads a tensor that Save wrote.</summary>
        public static Tensor Load(BinaryReader reader) => TensorExtensionMethods.Load(reader);

        /// <summary>Reads a tensor that Save wrote, and closes the stream.</summary>
        public static Tensor Load(Stream stream)
        {
            using var reader = new BinaryReader(stream);
            return Load(reader);
        }
    }
}
