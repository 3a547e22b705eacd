using Microsoft.ML;

namespace MLNet.GradStability;

/// <summary>Windowing bound to an input schema of steps: the input's columns, then the windows, then the targets if there are any to take.</summary>
internal sealed class WindowBinding
{
    public WindowBinding(SequenceWindowModel model, DataViewSchema input)
    {
        Model = model;
        Input = input;
        Step = SequenceWindowColumns.Step(input, model.InputColumnName);
        Group = model.Options.GroupColumnName is { } group ? SequenceWindowColumns.Find(input, nameof(model.Options.GroupColumnName), group) : null;
        Target = model.TargetColumnName is not null && input.GetColumnOrNull(model.TargetInputColumnName) is { } target ? SequenceWindowColumns.Target(target) : null;
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(input);
        builder.AddColumn(model.OutputColumnName, model.WindowType);
        if (Target is { } source)
        {
            builder.AddColumn(model.TargetColumnName!, source.Type, source.Annotations);
        }

        Output = builder.ToSchema();
    }

    public SequenceWindowModel Model { get; }

    public DataViewSchema Input { get; }

    public DataViewSchema Output { get; }

    public DataViewSchema.Column Step { get; }

    public DataViewSchema.Column? Group { get; }

    /// <summary>What the target is taken from; null when there is none, as there may be none in scoring.</summary>
    public DataViewSchema.Column? Target { get; }

    public int WindowIndex => Input.Count;

    public int TargetIndex => Input.Count + 1;
}
