using System.Reflection;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Loads text files of one layout.</summary>
public sealed partial class TextLoader : IDataLoader<IMultiStreamSource>
{
    private readonly IHost _host;
    private readonly TextFormat _format;
    private readonly TextColumn[] _columns;
    private readonly DataViewSchema _schema;

    internal TextLoader(IHostEnvironment env, Options options, IMultiStreamSource dataSample = null)
    {
        options ??= new();
        _host = env.Register("TextLoader");
        _format = new(options);
        // Without columns ML.NET takes the first field for the label and the rest for features.
        Column[] columns = options.Columns is { Length: > 0 } given ? given
            : [new("Label", DataKind.Single, 0), new("Features", DataKind.Single, [new(1, null)])];
        dataSample ??= new MultiFileSource();
        int size = TextColumn.NeedsInputSize(columns) ? _format.InputSize ?? _format.MeasureInputSize(dataSample) : 0;
        _columns = [.. columns.Select(c => TextColumn.Bind(c, size))];
        var header = _format.ReadHeader(dataSample);
        var builder = new DataViewSchema.Builder();
        foreach (var column in _columns)
            builder.AddColumn(column.Name, column.Type, column.Annotations(header));
        _schema = builder.ToSchema();
    }

    /// <summary>The schema of what is loaded.</summary>
    public DataViewSchema GetOutputSchema() => _schema;

    /// <summary>The rows of the files, read anew by each cursor.</summary>
    public IDataView Load(IMultiStreamSource source) => new TextView(_host, _format, _columns, _schema, source);

    void ICanSaveModel.Save(ModelSaveContext ctx) =>
        throw Contracts.ExceptNotSupp("A text loader is not saved here; save the model with its input schema");

    /// <summary>Options whose columns are the members of the class, by their attributes.</summary>
    internal static Options OptionsFor<TInput>(Options options)
    {
        MemberInfo[] members = [.. SchemaDefinition.Members(typeof(TInput), SchemaDefinition.Direction.Read)];
        if (members.Length == 0)
            throw Contracts.ExceptParam(nameof(TInput), "Should define at least one public, readable field or property in TInput.");
        options.Columns = [.. members.Select(member =>
        {
            string kind = member is FieldInfo ? "Field" : "Property";
            var load = member.GetCustomAttribute<LoadColumnAttribute>()
                ?? throw Contracts.Except($"{kind} '{member.Name}' is missing the LoadColumnAttribute attribute");
            var type = MemberColumn.TypeOf(member);
            var item = DataKinds.PrimitiveTypeOrNull(type.IsArray ? type.GetElementType() : type)
                ?? throw Contracts.Except($"{kind} {member.Name} is of unsupported type.");
            var key = member.GetCustomAttribute<KeyTypeAttribute>();
            return new Column(SchemaDefinition.NameOf(member), item.Kind(), load.Sources, key?.KeyCount);
        })];
        return options;
    }
}
