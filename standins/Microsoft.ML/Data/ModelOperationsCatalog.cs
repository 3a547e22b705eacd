using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>Saving, loading and using models.</summary>
public sealed class ModelOperationsCatalog : IInternalCatalog
{
    private const string SchemaEntryName = "Schema";
    private const string TransformerDirectory = "TransformerChain";

    private readonly IHostEnvironment _env;

    internal ModelOperationsCatalog(IHostEnvironment env) => _env = env;

    IHostEnvironment IInternalCatalog.Environment => _env;

    /// <summary>Saves a model, and the schema of its input if given, to a file; an old file is lost even if this fails.</summary>
    public void Save(ITransformer model, DataViewSchema inputSchema, string filePath)
    {
        Contracts.CheckNonEmpty(filePath, nameof(filePath));
        using var stream = File.Create(filePath);
        Save(model, inputSchema, stream);
    }

    /// <summary>Saves a model, and the schema of its input if given, to a stream.</summary>
    public void Save(ITransformer model, DataViewSchema inputSchema, Stream stream)
    {
        Contracts.CheckValue(stream, nameof(stream));
        using var rep = RepositoryWriter.CreateNew(stream, _env);
        ModelSaveContext.SaveModel(rep, model, TransformerDirectory);
        if (inputSchema != null)
        {
            using var entry = rep.CreateEntry(null, SchemaEntryName);
            using var writer = new BinaryWriter(entry.Stream, System.Text.Encoding.UTF8, leaveOpen: true);
            SchemaCodec.Write(writer, inputSchema);
        }
    }

    /// <summary>Loads a model from a file, with the schema of its input, null if it was saved without.</summary>
    public ITransformer Load(string filePath, out DataViewSchema inputSchema)
    {
        Contracts.CheckNonEmpty(filePath, nameof(filePath));
        using var stream = File.OpenRead(filePath);
        return Load(stream, out inputSchema);
    }

    /// <summary>Loads a model from a stream, with the schema of its input, null if it was saved without.</summary>
    public ITransformer Load(Stream stream, out DataViewSchema inputSchema)
    {
        Contracts.CheckValue(stream, nameof(stream));
        using var rep = RepositoryReader.Open(stream, _env);
        inputSchema = null;
        using (var entry = rep.OpenEntryOrNull(null, SchemaEntryName))
        {
            if (entry != null)
            {
                using var reader = new BinaryReader(entry.Stream);
                inputSchema = SchemaCodec.Read(reader);
            }
            else if (!rep.Contains(TransformerDirectory, ModelSaveContext.ModelStreamName))
            {
                throw _env.Except("Could not load legacy format model");
            }
        }
        ModelLoadContext.LoadModel<ITransformer, SignatureLoadModel>(_env, out var model, rep, TransformerDirectory);
        return model;
    }

    /// <summary>An engine that predicts single objects.</summary>
    public PredictionEngine<TSrc, TDst> CreatePredictionEngine<TSrc, TDst>(ITransformer transformer, bool ignoreMissingColumns = true,
        SchemaDefinition inputSchemaDefinition = null, SchemaDefinition outputSchemaDefinition = null)
        where TSrc : class
        where TDst : class, new() => new(transformer, ignoreMissingColumns, inputSchemaDefinition, outputSchemaDefinition);

    /// <summary>An engine whose input has the types and annotations of the schema.</summary>
    public PredictionEngine<TSrc, TDst> CreatePredictionEngine<TSrc, TDst>(ITransformer transformer, DataViewSchema inputSchema)
        where TSrc : class
        where TDst : class, new() => new(transformer, ignoreMissingColumns: false, MemberColumn.DefinitionFor(typeof(TSrc), inputSchema));

    /// <summary>An engine with options.</summary>
    public PredictionEngine<TSrc, TDst> CreatePredictionEngine<TSrc, TDst>(ITransformer transformer, PredictionEngineOptions options)
        where TSrc : class
        where TDst : class, new() =>
        new(transformer, options.IgnoreMissingColumns, options.InputSchemaDefinition, options.OutputSchemaDefinition,
            options.OwnsTransformer);
}
