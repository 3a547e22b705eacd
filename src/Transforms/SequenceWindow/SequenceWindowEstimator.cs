using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace MLNet.GradStability;

/// <summary>
/// Makes sliding windows of rows in order, for networks over sequences: a row of the output is the last row of a window, with its columns, the last T
/// steps as a vector [T × F], the oldest first, and the target that stands <see cref="SequenceWindowOptions.Ahead"/> rows later.
/// </summary>
/// <remarks>
/// Rows without T − 1 rows of their series before them give no window and are dropped. In training, that is while a chain is being fitted, windows whose
/// target lies beyond the end of the series are dropped too; in scoring they stay, with a missing target (NaN, or key 0), for they are the forecasts;
/// data to score need not have the target's column at all. Append the trainer to the chain that holds the windows: a chain inside of a chain, which is
/// what <c>Append</c> makes of a chain that was stored as <c>IEstimator</c>, is only ever asked to score. Split off test rows by time, before windowing;
/// a random split tears series apart. Rows are streamed, never shuffled; memory is one window. A value that is not finite stays in its windows.
/// </remarks>
public sealed class SequenceWindowEstimator : IEstimator<SequenceWindowTransformer>
{
    private const string Owner = SequenceWindowColumns.Owner;
    private readonly string _output;
    private readonly string _input;
    private readonly string? _target;
    private readonly int _length;

    internal SequenceWindowEstimator(IHostEnvironment environment, string outputColumnName, string inputColumnName, int length, string? targetColumnName, SequenceWindowOptions options)
    {
        _output = Require.Text(outputColumnName, Owner, nameof(outputColumnName), "Name the column to add.");
        _input = Require.Text(inputColumnName, Owner, nameof(inputColumnName), "Name the column of steps.");
        _length = Require.AtLeastOne(length, Owner, nameof(length), "It is the number of rows in a window.");
        _target = targetColumnName is null ? null : Require.Text(targetColumnName, Owner, nameof(targetColumnName), "Name a column to add, or give null for no target.");
        Require.That(_target != _output, _target, Owner, nameof(targetColumnName), "differ from outputColumnName", "One column cannot hold both.");
        Options = options;
        TransformComponents.Register(environment);
    }

    /// <summary>The options of this estimator.</summary>
    public SequenceWindowOptions Options { get; }

    /// <summary>Checks the columns, and that there is a window: rows are read until the first one is complete.</summary>
    /// <param name="input">The steps in order.</param>
    /// <exception cref="ArgumentException">A column is missing or of a wrong type.</exception>
    /// <exception cref="InvalidOperationException">No series is long enough for a window and its target.</exception>
    public SequenceWindowTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var step = SequenceWindowColumns.Step(input.Schema, _input);
        var width = SequenceWindowModel.Count(step.Type);
        var model = new SequenceWindowModel(_output, _input, _target, _length, width, step.Type is VectorDataViewType, Options);
        if (_target is not null)
        {
            Require.That(
                Options.TargetInputColumnName is not null || !model.IsVector, "a vector of steps and no name", Owner, nameof(Options.TargetInputColumnName), "be given where a step is a vector", "Name the column that the target is taken from.");
            SequenceWindowColumns.Target(SequenceWindowColumns.Find(input.Schema, nameof(Options.TargetInputColumnName), model.TargetInputColumnName));
        }

        CheckLength(input, model);
        return new(model, new(input));
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A column is missing or of a wrong type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        var (step, target) = SequenceWindowColumns.Check(inputSchema, _input, _target, Options);
        var shape = inputSchema.ToDictionary(column => column.Name);
        shape[_output] = MLNetInternals.ShapeColumn(_output, SchemaShape.Column.VectorKind.Vector, step.ItemType, isKey: false);
        if (target is { } source)
        {
            shape[_target!] = MLNetInternals.ShapeColumn(_target!, source.Kind, source.ItemType, source.IsKey, [.. source.Annotations]);
        }

        return new(shape.Values);
    }

    private static void CheckLength(IDataView input, SequenceWindowModel model)
    {
        var group = new WindowBinding(model, input.Schema).Group;
        using var rows = new SeriesCursor(input.GetRowCursor(group is { } column ? [column] : []), group);
        var longest = 0L;
        while (longest < model.Span)
        {
            if (!rows.MoveNext())
            {
                throw SequenceWindowColumns.TooShort(model, longest);
            }

            longest = Math.Max(longest, rows.Count);
        }
    }
}
