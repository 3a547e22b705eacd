using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

[assembly: LoadableClass(typeof(ColumnSelectingTransformer), null, typeof(SignatureLoadModel),
    "Select Columns", ColumnSelectingTransformer.LoaderSignature)]

namespace Microsoft.ML.Transforms;

/// <summary>Keeps some columns, in the order asked for, or leaves some out.</summary>
public sealed class ColumnSelectingTransformer : ITransformer
{
    internal const string LoaderSignature = "SelectColumnsTransform";

    private static readonly VersionInfo Version = TransformVersion.Of("SELCOLST", LoaderSignature);

    private readonly string[] _columns;
    private readonly bool _keep;
    private readonly bool _keepHidden;

    internal ColumnSelectingTransformer(string[] keep, string[] drop, bool keepHidden)
    {
        bool keeps = keep is { Length: > 0 }, drops = drop is { Length: > 0 };
        Contracts.Check(!(keeps && drops), "Both keepColumns and dropColumns are set. Exactly one can be specified.");
        Contracts.Check(keeps || drops, "Neither keepColumns and dropColumns is set. Exactly one must be specified.");
        _columns = keeps ? keep : drop;
        _keep = keeps;
        _keepHidden = keepHidden;
    }

    private ColumnSelectingTransformer(ModelLoadContext ctx)
    {
        var reader = ctx.ReaderOf(Version);
        _keep = reader.ReadBoolean();
        _keepHidden = reader.ReadBoolean();
        _columns = reader.ReadArray(r => r.ReadString());
    }

    bool ITransformer.IsRowToRowMapper => true;

    /// <summary>The schema of the transformed data.</summary>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => Bind(inputSchema, nameof(inputSchema)).OutputSchema;

    /// <summary>Transforms, lazily.</summary>
    public IDataView Transform(IDataView input)
    {
        Contracts.CheckValue(input, nameof(input));
        return new SelectedDataView(input, Bind(input.Schema, nameof(input)));
    }

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) => Bind(inputSchema, nameof(inputSchema));

    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        var writer = ctx.WriterOf(Version);
        writer.Write(_keep);
        writer.Write(_keepHidden);
        writer.WriteArray(_columns, (w, name) => w.Write(name));
    }

    internal bool Keeps(string name) => _columns.Contains(name) == _keep;

    internal void CheckColumns(IEnumerable<string> names, string parameter)
    {
        string[] missing = [.. _columns.Except(names)];
        if (missing.Length > 0)
            throw Contracts.ExceptSchemaMismatch(parameter, "input", string.Join(",", missing));
    }

    private SelectedColumns Bind(DataViewSchema schema, string parameter)
    {
        Contracts.CheckValue(schema, parameter);
        CheckColumns(schema.Select(c => c.Name), parameter);
        return new(schema, _keep
            ? [.. _columns.SelectMany(name => schema.Where(c => c.Name == name && (_keepHidden || !c.IsHidden)))]
            : [.. schema.Where(c => Keeps(c.Name))]);
    }
}
