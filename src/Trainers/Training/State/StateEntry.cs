using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>One named piece of a <see cref="StateSnapshot"/>.</summary>
internal abstract class StateEntry(string name) : IDisposable
{
    private enum Kind : byte
    {
        Tensor,
        Number,
        Count,
        Numbers,
        Text,
        Snapshot,
    }

    public string Name { get; } = name;

    /// <summary>What it holds, for messages.</summary>
    public abstract string Description { get; }

    public static StateEntry Read(string name, BinaryReader reader) => (Kind)reader.ReadByte() switch
    {
        Kind.Tensor => new OfTensor(name, TensorFormat.Read(reader).DetachFromDisposeScope()),
        Kind.Number => new OfNumber(name) { Value = reader.ReadDouble() },
        Kind.Count => new OfCount(name) { Value = reader.ReadInt64() },
        Kind.Numbers => OfNumbers.ReadList(name, reader),
        Kind.Text => new OfText(name) { Value = reader.ReadString() },
        Kind.Snapshot => new OfSnapshot(name, StateSnapshot.Read(reader)),
        var kind => throw new FormatException($"{name} is of kind {(byte)kind}, which is unknown"),
    };

    public abstract void Write(BinaryWriter writer);

    /// <summary>Hands what it holds to a writer.</summary>
    public abstract void Replay(RunState state);

    public virtual void Dispose()
    {
    }

    /// <summary>A tensor, of which it holds a copy.</summary>
    public sealed class OfTensor(string name, Tensor value) : StateEntry(name)
    {
        public Tensor Value { get; } = value;

        public override string Description => Describe(Value);

        public static string Describe(Tensor tensor) => $"a tensor of {tensor.dtype} [{string.Join(", ", tensor.shape)}]";

        public bool Fits(Tensor other) => Value.dtype == other.dtype && Value.shape.AsSpan().SequenceEqual(other.shape);

        public override void Write(BinaryWriter writer)
        {
            writer.Write((byte)Kind.Tensor);
            TensorFormat.Write(writer, Value);
        }

        public override void Replay(RunState state) => state.Exchange(Name, Value);

        public override void Dispose() => Value.Dispose();
    }

    public sealed class OfNumber(string name) : StateEntry(name)
    {
        public double Value { get; set; }

        public override string Description => "a number";

        public override void Write(BinaryWriter writer)
        {
            writer.Write((byte)Kind.Number);
            writer.Write(Value);
        }

        public override void Replay(RunState state)
        {
            var value = Value;
            state.Exchange(Name, ref value);
        }
    }

    public sealed class OfCount(string name) : StateEntry(name)
    {
        public long Value { get; set; }

        public override string Description => "a whole number";

        public override void Write(BinaryWriter writer)
        {
            writer.Write((byte)Kind.Count);
            writer.Write(Value);
        }

        public override void Replay(RunState state)
        {
            var value = Value;
            state.Exchange(Name, ref value);
        }
    }

    public sealed class OfNumbers(string name) : StateEntry(name)
    {
        public List<double> Values { get; } = [];

        public override string Description => "a list of numbers";

        public static OfNumbers ReadList(string name, BinaryReader reader)
        {
            var entry = new OfNumbers(name);
            for (var left = reader.ReadUInt32(); left > 0; left--)
            {
                entry.Values.Add(reader.ReadDouble());
            }

            return entry;
        }

        public override void Write(BinaryWriter writer)
        {
            writer.Write((byte)Kind.Numbers);
            writer.Write((uint)Values.Count);
            Values.ForEach(writer.Write);
        }

        public override void Replay(RunState state) => state.Exchange(Name, Values);
    }

    public sealed class OfText(string name) : StateEntry(name)
    {
        public string Value { get; set; } = string.Empty;

        public override string Description => "a text";

        public override void Write(BinaryWriter writer)
        {
            writer.Write((byte)Kind.Text);
            writer.Write(Value);
        }

        public override void Replay(RunState state)
        {
            var value = Value;
            state.Exchange(Name, ref value);
        }
    }

    /// <summary>A snapshot, of which it holds a copy.</summary>
    public sealed class OfSnapshot(string name, StateSnapshot value) : StateEntry(name)
    {
        public StateSnapshot Value { get; } = value;

        public override string Description => "a snapshot";

        public override void Write(BinaryWriter writer)
        {
            writer.Write((byte)Kind.Snapshot);
            Value.Write(writer);
        }

        public override void Replay(RunState state) => state.Exchange(Name, Value);

        public override void Dispose() => Value.Dispose();
    }
}
