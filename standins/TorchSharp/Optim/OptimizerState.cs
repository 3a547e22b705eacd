using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What an optimiser remembers of a parameter.</summary>
public abstract class OptimizerState
{
    /// <summary>The parameter.</summary>
    protected Parameter _parameter;

    /// <summary>The state of a parameter.</summary>
    protected OptimizerState(Parameter parameter) => _parameter = parameter;

    /// <summary>Starts again.</summary>
    public abstract void Initialize(OptimizerOptions options);

    /// <summary>Writes all values.</summary>
    public virtual void SaveStateDict(BinaryWriter writer) => Visit(new StateWriter(writer));

    /// <summary>Reads all values.</summary>
    public virtual void LoadStateDict(BinaryReader reader) => Visit(new StateReader(reader));

    /// <summary>Copies all values.</summary>
    public virtual void LoadStateDict(OptimizerState source) => Visit(new StateCopier(source));

    internal void Release() => Visit(new StateReleaser());

    /// <summary>Shows every value, in the order of the file.</summary>
    internal abstract void Visit(StateVisitor visitor);

    internal Tensor Zeros() => zeros_like(_parameter).DetachFromDisposeScope();
}

internal abstract class StateVisitor
{
    public abstract void Count(ref long value);

    /// <summary>A tensor that is always there.</summary>
    public abstract void Tensor(ref Tensor value);

    /// <summary>A tensor that may be missing.</summary>
    public abstract void Optional(ref Tensor? value);
}

internal sealed class StateWriter(BinaryWriter writer) : StateVisitor
{
    public override void Count(ref long value) => writer.Write(value);

    public override void Tensor(ref Tensor value) => value.Save(writer);

    public override void Optional(ref Tensor? value)
    {
        writer.Write(value is not null);
        value?.Save(writer);
    }
}

internal sealed class StateReader(BinaryReader reader) : StateVisitor
{
    public override void Count(ref long value) => value = reader.ReadInt64();

    public override void Tensor(ref Tensor value) => value.Load(reader);

    public override void Optional(ref Tensor? value)
    {
        value?.Dispose();
        value = reader.ReadBoolean() ? TensorExtensionMethods.Load(reader).DetachFromDisposeScope() : null;
    }
}

internal sealed class StateCopier : StateVisitor
{
    private readonly StateCollector _source = new();

    public StateCopier(OptimizerState source) => source.Visit(_source);

    public override void Count(ref long value) => value = (long)_source.Values.Dequeue()!;

    public override void Tensor(ref Tensor value)
    {
        value.Dispose();
        value = ((Tensor)_source.Values.Dequeue()!).clone().DetachFromDisposeScope();
    }

    public override void Optional(ref Tensor? value)
    {
        value?.Dispose();
        value = ((Tensor?)_source.Values.Dequeue())?.clone().DetachFromDisposeScope();
    }
}

internal sealed class StateCollector : StateVisitor
{
    public Queue<object?> Values { get; } = [];

    public override void Count(ref long value) => Values.Enqueue(value);

    public override void Tensor(ref Tensor value) => Values.Enqueue(value);

    public override void Optional(ref Tensor? value) => Values.Enqueue(value);
}

internal sealed class StateReleaser : StateVisitor
{
    public override void Count(ref long value)
    {
    }

    public override void Tensor(ref Tensor value) => value?.Dispose();

    public override void Optional(ref Tensor? value)
    {
        value?.Dispose();
        value = null;
    }
}
