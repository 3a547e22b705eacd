using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace MLNet.GradStability;

/// <summary>
/// Scores rows with a trained network. It adds <c>Score</c>, and for classification <c>PredictedLabel</c> (binary: <c>Probability</c> too).
/// A row with a NaN feature gets NaN scores and, where labels are keys, a missing predicted label. A missing key, or one that no training row holds, is scored as
/// <see cref="CategoricalEmbedding"/> says.
/// </summary>
public sealed class NeuralNetworkTransformer : ISingleFeaturePredictionTransformer<TrainedNetwork>, IDisposable
{
    internal NeuralNetworkTransformer(TrainedNetwork model)
    {
        Model = model;
        FeatureColumnType = model.Inputs.Columns[0].Type;
    }

    /// <inheritdoc/>
    public string FeatureColumnName => Model.Options.FeatureColumnName;

    /// <inheritdoc/>
    public DataViewType FeatureColumnType { get; }

    /// <summary>The trained network, and what happened in its training.</summary>
    public TrainedNetwork Model { get; }

    /// <inheritdoc/>
    public bool IsRowToRowMapper => true;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A feature column is missing, of another type or size than in training, or its keys stand for other values.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => Bind(inputSchema).OutputSchema;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A feature column is missing, of another type or size than in training, or its keys stand for other values.</exception>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => new ScoreRowMapper(Bind(inputSchema));

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A feature column is missing, of another type or size than in training, or its keys stand for other values.</exception>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new ScoredDataView(input, Bind(input.Schema));
    }

    /// <inheritdoc/>
    public void Dispose() => Model.Dispose();

    void ICanSaveModel.Save(ModelSaveContext ctx) => ModelFile.Save(ctx, Model);

    /// <summary>Called by ML.NET when it loads a model; see <see cref="MLContextExtensions.UseGradStability"/>.</summary>
    internal static NeuralNetworkTransformer Create(IHostEnvironment env, object ctx)
    {
        using var channel = env.Start("Loading");
        return new(ModelFile.Load(ctx, ComputeDevice.Of(env, message => channel.Warning(MessageSensitivity.None, "{0}", message))));
    }

    private ScoreBinding Bind(DataViewSchema input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new ScoreBinding(Model, input);
    }
}
