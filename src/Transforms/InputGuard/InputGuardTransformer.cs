using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace MLNet.GradStability;

/// <summary>
/// Imputes or rejects, clips and standardises a column with the statistics that <see cref="InputGuardEstimator"/> found. What comes out is finite and
/// dense. Rows are computed as they are read; several threads may read at once.
/// </summary>
public sealed class InputGuardTransformer : ITransformer
{
    private readonly InputGuardModel _model;
    private readonly InputGuardCounters _counters = new();

    internal InputGuardTransformer(InputGuardModel model) => _model = model;

    /// <summary>The column added.</summary>
    public string OutputColumnName => _model.OutputColumnName;

    /// <summary>The column read.</summary>
    public string InputColumnName => _model.InputColumnName;

    /// <summary>The options it was fitted with.</summary>
    public InputGuardOptions Options => _model.Options;

    /// <summary>What was found in fitting, a feature an item.</summary>
    public IReadOnlyList<FeatureStatistics> Statistics => _model.Statistics;

    /// <summary>How many values this transformer has imputed so far; a value read twice counts twice. Not saved.</summary>
    public long ImputedCount => _counters.Imputed;

    /// <summary>How many values this transformer has clipped so far; a value read twice counts twice. Not saved.</summary>
    public long ClippedCount => _counters.Clipped;

    /// <inheritdoc/>
    public bool IsRowToRowMapper => true;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The column is missing, of another type or of another size than in fitting.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => Bind(inputSchema).OutputSchema;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The column is missing, of another type or of another size than in fitting.</exception>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => new AddedColumnMapper(Bind(inputSchema));

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The column is missing, of another type or of another size than in fitting.</exception>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new AddedColumnView(input, Bind(input.Schema));
    }

    void ICanSaveModel.Save(ModelSaveContext ctx) => InputGuardFile.Save(ctx, _model);

    /// <summary>Called by ML.NET when it loads a model.</summary>
    internal static InputGuardTransformer Create(IHostEnvironment env, object ctx) => new(InputGuardFile.Load(ctx));

    private GuardedColumn Bind(DataViewSchema input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new GuardedColumn(_model, _counters, input);
    }
}
