using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>Predicts one object at a time.</summary>
public abstract class PredictionEngineBase<TSrc, TDst> : IDisposable
    where TSrc : class
    where TDst : class, new()
{
    private readonly ObjectRow<TSrc> _input;
    private readonly Action<TDst> _fill;
    private readonly bool _ownsTransformer;
    private bool _disposed;

    private protected PredictionEngineBase(ITransformer transformer, bool ignoreMissingColumns, SchemaDefinition inputSchemaDefinition,
        SchemaDefinition outputSchemaDefinition, bool ownsTransformer)
    {
        Contracts.CheckValue(transformer, nameof(transformer));
        Contracts.CheckParam(transformer.IsRowToRowMapper, nameof(transformer), "Must be a row to row mapper");
        Transformer = transformer;
        _ownsTransformer = ownsTransformer;
        _input = new(MemberColumn.Bind(typeof(TSrc), inputSchemaDefinition, SchemaDefinition.Direction.Read));
        var mapper = transformer.GetRowToRowMapper(_input.Schema);
        var filler = RowFiller<TDst>.Bind(mapper.OutputSchema, ignoreMissingColumns, outputSchemaDefinition);
        _fill = filler.Over(mapper.GetRow(_input, mapper.OutputSchema));
        OutputSchema = transformer.GetOutputSchema(_input.Schema);
    }

    /// <summary>The schema of what is predicted.</summary>
    public DataViewSchema OutputSchema { get; }

    private protected ITransformer Transformer { get; }

    /// <summary>Predicts into a new object.</summary>
    public TDst Predict(TSrc example)
    {
        var prediction = new TDst();
        Predict(example, ref prediction);
        return prediction;
    }

    /// <summary>Predicts into an object of the caller's.</summary>
    public abstract void Predict(TSrc example, ref TDst prediction);

    /// <summary>Disposes the row, and the transformer if the engine owns it.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        _input.Dispose();
        if (_ownsTransformer)
            (Transformer as IDisposable)?.Dispose();
    }

    private protected void ExtractValues(TSrc example) => _input.Set(example);

    private protected void FillValues(TDst prediction) => _fill(prediction);
}

/// <summary>Predicts one object at a time; not for several threads.</summary>
public sealed class PredictionEngine<TSrc, TDst> : PredictionEngineBase<TSrc, TDst>
    where TSrc : class
    where TDst : class, new()
{
    internal PredictionEngine(ITransformer transformer, bool ignoreMissingColumns = true, SchemaDefinition inputSchemaDefinition = null,
        SchemaDefinition outputSchemaDefinition = null, bool ownsTransformer = true)
        : base(transformer, ignoreMissingColumns, inputSchemaDefinition, outputSchemaDefinition, ownsTransformer)
    {
    }

    /// <inheritdoc/>
    public override void Predict(TSrc example, ref TDst prediction)
    {
        Contracts.CheckValue(example, nameof(example));
        ExtractValues(example);
        prediction ??= new TDst();
        FillValues(prediction);
    }
}

/// <summary>How a prediction engine treats its classes and its transformer.</summary>
public sealed class PredictionEngineOptions
{
    /// <summary>Whether output columns may be missing that the class has members for.</summary>
    public bool IgnoreMissingColumns = true;

    /// <summary>How the members of the input class are columns.</summary>
    public SchemaDefinition InputSchemaDefinition;

    /// <summary>How the members of the output class are columns.</summary>
    public SchemaDefinition OutputSchemaDefinition;

    /// <summary>Whether disposing the engine disposes the transformer.</summary>
    public bool OwnsTransformer = true;
}
