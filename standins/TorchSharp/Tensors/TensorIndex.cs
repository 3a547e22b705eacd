namespace TorchSharp;

public static partial class torch
{
    /// <summary>What an indexer takes for one dimension.</summary>
    public struct TensorIndex
    {
        internal enum Kind
        {
            None,
            Single,
            Null,
            Ellipsis,
            Bool,
            Tensor,
            Slice,
        }

        /// <summary>A new dimension of size one.</summary>
        public static TensorIndex None = new() { kind = Kind.None };

        /// <summary>A new dimension of size one.</summary>
        public static TensorIndex Null = new() { kind = Kind.Null };

        /// <summary>As many whole dimensions as there are left.</summary>
        public static TensorIndex Ellipsis = new() { kind = Kind.Ellipsis };

        /// <summary>The whole dimension.</summary>
        public static TensorIndex Colon = Slice();

        internal Kind kind;
        internal long? start;
        internal long? stop;
        internal long? step;
        internal Tensor? tensor;

        /// <summary>A stepped range.</summary>
        public static TensorIndex Slice(long? start = null, long? stop = null, long? step = null) =>
            new() { kind = Kind.Slice, start = start, stop = stop, step = step };

        /// <summary>A range.</summary>
        public static TensorIndex Slice(Range range) =>
            Slice(At(range.Start), range.End.IsFromEnd && range.End.Value == 0 ? null : At(range.End));

        /// <summary>One place.</summary>
        public static TensorIndex Single(long? index) => new() { kind = Kind.Single, start = index };

        /// <summary>All when true, nothing when false.</summary>
        public static TensorIndex Bool(bool value) => new() { kind = Kind.Bool, start = value ? 1 : 0 };

        /// <summary>Places, or a mask.</summary>
        public static TensorIndex Tensor(Tensor tensor) => new() { kind = Kind.Tensor, tensor = tensor };

        /// <summary>One place.</summary>
        public static implicit operator TensorIndex(long value) => Single(value);

        /// <summary>One place, from the end where marked.</summary>
        public static implicit operator TensorIndex(Index index) => Single(At(index));

        /// <summary>A range.</summary>
        public static implicit operator TensorIndex(Range range) => Slice(range);

        /// <summary>A range.</summary>
        public static implicit operator TensorIndex((int? start, int? end) range) => Slice(range.start, range.end);

        /// <summary>Only makes overloads with TensorIndex the better ones; always throws.</summary>
        public static implicit operator Tensor(TensorIndex value) => throw new InvalidOperationException("Should not be called.");

        private static long At(Index index) => index.IsFromEnd ? -index.Value : index.Value;
    }
}
