namespace TorchSharp.Modules;

/// <summary>What an optimiser can be told; null leaves it to the optimiser.</summary>
public class OptimizerOptions
{
    /// <summary>The learning rate.</summary>
    public double? LearningRate { get; set; }

    /// <summary>The learning rate at the start.</summary>
    public double InitialLearningRate { get; set; }

    /// <summary>Writes all values.</summary>
    public virtual void SaveStateDict(BinaryWriter writer)
    {
        writer.Write(InitialLearningRate);
        writer.Write(LearningRate!.Value);
        Visit(new OptionWriter(writer));
    }

    /// <summary>Reads all values.</summary>
    public virtual void LoadStateDict(BinaryReader reader)
    {
        InitialLearningRate = reader.ReadDouble();
        LearningRate = reader.ReadDouble();
        Visit(new OptionReader(reader));
    }

    /// <summary>Copies all values.</summary>
    public virtual void LoadStateDict(OptimizerOptions source)
    {
        InitialLearningRate = source.InitialLearningRate;
        LearningRate = source.LearningRate;
        Visit(new OptionCopier(source, overwrite: true));
    }

    internal void Complete(OptimizerOptions defaults)
    {
        LearningRate ??= defaults.LearningRate;
        InitialLearningRate = LearningRate!.Value;
        Visit(new OptionCopier(defaults, overwrite: false));
    }

    /// <summary>Shows every value, in the order of the file.</summary>
    internal virtual void Visit(OptionVisitor visitor)
    {
    }
}

internal abstract class OptionVisitor
{
    public abstract void Number(ref double? value);

    public abstract void Flag(ref bool? value);
}

internal sealed class OptionWriter(BinaryWriter writer) : OptionVisitor
{
    public override void Number(ref double? value) => writer.Write(value!.Value);

    public override void Flag(ref bool? value) => writer.Write(value!.Value);
}

internal sealed class OptionReader(BinaryReader reader) : OptionVisitor
{
    public override void Number(ref double? value) => value = reader.ReadDouble();

    public override void Flag(ref bool? value) => value = reader.ReadBoolean();
}

internal sealed class OptionCollector : OptionVisitor
{
    public Queue<object?> Values { get; } = [];

    public override void Number(ref double? value) => Values.Enqueue(value);

    public override void Flag(ref bool? value) => Values.Enqueue(value);
}

internal sealed class OptionCopier : OptionVisitor
{
    private readonly OptionCollector _source = new();
    private readonly bool _overwrite;

    public OptionCopier(OptimizerOptions source, bool overwrite)
    {
        _overwrite = overwrite;
        source.Visit(_source);
    }

    public override void Number(ref double? value) => Copy(ref value);

    public override void Flag(ref bool? value) => Copy(ref value);

    private void Copy<T>(ref T? value) where T : struct
    {
        var other = (T?)_source.Values.Dequeue();
        value = _overwrite ? other : value ?? other;
    }
}
