using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace MLNet.GradStability;

/// <summary>Makes sliding windows of rows in order; see <see cref="SequenceWindowEstimator"/>. Several threads may read at once, each its own cursor.</summary>
public sealed class SequenceWindowTransformer : ITransformer
{
    private readonly SequenceWindowModel _model;
    private readonly FittedView? _fitted;

    internal SequenceWindowTransformer(SequenceWindowModel model, FittedView? fitted)
    {
        _model = model;
        _fitted = fitted;
    }

    /// <summary>The column of windows.</summary>
    public string OutputColumnName => _model.OutputColumnName;

    /// <summary>The column of steps.</summary>
    public string InputColumnName => _model.InputColumnName;

    /// <summary>The column of targets; null for none.</summary>
    public string? TargetColumnName => _model.TargetColumnName;

    /// <summary>T, the rows of a window.</summary>
    public int Length => _model.Length;

    /// <summary>The options it was fitted with.</summary>
    public SequenceWindowOptions Options => _model.Options;

    /// <inheritdoc/>
    public bool IsRowToRowMapper => true;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A column is missing, of another type or of another size than in fitting.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return _model.HoldsSteps(inputSchema) ? new WindowBinding(_model, inputSchema).Output : Ready(inputSchema).OutputSchema;
    }

    /// <summary>A mapper of rows that hold a whole window each: T·F Single in the input column, the oldest step first.</summary>
    /// <param name="inputSchema">The schema of the rows.</param>
    /// <exception cref="InvalidOperationException">The rows hold one step each, so that a row by itself has no window.</exception>
    /// <exception cref="ArgumentException">The column is missing, of another type or of another size.</exception>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return _model.HoldsSteps(inputSchema) && !_model.HoldsWindows(inputSchema)
            ? throw SequenceWindowColumns.NoWindowInRow(_model)
            : new AddedColumnMapper(Ready(inputSchema));
    }

    /// <summary>
    /// Gives a row for each full window, with its target or, where no target is known yet, a missing one. The first time that it is given the very view
    /// that it was fitted on, as a chain does while it is being fitted, windows without a target are left out.
    /// </summary>
    /// <param name="input">The steps in order, or rows that hold a whole window each, which pass one by one and without a target.</param>
    /// <exception cref="ArgumentException">A column is missing, of another type or of another size than in fitting.</exception>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return _model.HoldsSteps(input.Schema)
            ? new WindowedView(input, new(_model, input.Schema), onlyWithTarget: _fitted?.Take(input) == true)
            : new AddedColumnView(input, Ready(input.Schema));
    }

    void ICanSaveModel.Save(ModelSaveContext ctx) => SequenceWindowFile.Save(ctx, _model);

    /// <summary>Called by ML.NET when it loads a model.</summary>
    internal static SequenceWindowTransformer Create(IHostEnvironment env, object ctx) => new(SequenceWindowFile.Load(ctx), fitted: null);

    private ReadyWindow Ready(DataViewSchema input) => _model.HoldsWindows(input)
        ? new(_model, input)
        : throw SequenceWindowColumns.OtherType(_model, SequenceWindowColumns.Find(input, "inputColumnName", InputColumnName).Type);
}
