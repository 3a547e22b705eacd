using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace MLNet.GradStability;

/// <summary>
/// Follows each row with altered copies in training, and passes rows unchanged otherwise; see <see cref="AugmentImagesEstimator"/>. Several threads may
/// read at once.
/// </summary>
public sealed class AugmentImagesTransformer : ITransformer
{
    private readonly AugmentImagesModel _model;
    private readonly FittedView? _fitted;

    internal AugmentImagesTransformer(AugmentImagesModel model, FittedView? fitted)
    {
        _model = model;
        _fitted = fitted;
    }

    /// <summary>The column of images.</summary>
    public string ColumnName => _model.ColumnName;

    /// <summary>The options it was made with.</summary>
    public AugmentImagesOptions Options => _model.Options;

    /// <inheritdoc/>
    public bool IsRowToRowMapper => true;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The column is missing or does not hold images of the stated size.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        _model.Find(inputSchema);
        return inputSchema;
    }

    /// <summary>A mapper that passes single rows unchanged: single rows are scored, not trained on.</summary>
    /// <param name="inputSchema">The schema of the rows.</param>
    /// <exception cref="ArgumentException">The column is missing or does not hold images of the stated size.</exception>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => new PassingMapper(GetOutputSchema(inputSchema));

    /// <summary>
    /// Gives the rows unchanged, but for one case: the first time that it is given the very view that it was fitted on, as a chain does while it is being
    /// fitted, each row is followed by its copies.
    /// </summary>
    /// <param name="input">The rows.</param>
    /// <exception cref="ArgumentException">The column is missing or does not hold images of the stated size.</exception>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        GetOutputSchema(input.Schema);
        return _fitted?.Take(input) == true ? Augment(input) : input;
    }

    /// <summary>Follows each row with its copies, whenever it is called: to look at them, or to train without a chain.</summary>
    /// <param name="input">The rows.</param>
    /// <exception cref="ArgumentException">The column is missing or does not hold images of the stated size.</exception>
    public IDataView Augment(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new AugmentedView(input, _model);
    }

    void ICanSaveModel.Save(ModelSaveContext ctx) => AugmentImagesFile.Save(ctx, _model);

    /// <summary>Called by ML.NET when it loads a model.</summary>
    internal static AugmentImagesTransformer Create(IHostEnvironment env, object ctx) => new(AugmentImagesFile.Load(ctx), fitted: null);
}
