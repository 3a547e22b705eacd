using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.GradStability.Standins.Tests.Explainability;

/// <summary>A predictor from outside ML.NET: a transformer with a feature column.</summary>
internal sealed class LinearScorer(ITransformer transformer) : ISingleFeaturePredictionTransformer<object>
{
    public string FeatureColumnName => "Features";

    public DataViewType FeatureColumnType => new VectorDataViewType(NumberDataViewType.Single, 3);

    public object Model => this;

    public bool IsRowToRowMapper => true;

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => transformer.GetOutputSchema(inputSchema);

    public IDataView Transform(IDataView input) => transformer.Transform(input);

    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => transformer.GetRowToRowMapper(inputSchema);

    public void Save(ModelSaveContext ctx) => transformer.Save(ctx);
}
