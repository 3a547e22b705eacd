using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using static MLNet.GradStability.OnnxFormat.TensorProto.Types;

namespace MLNet.GradStability;

/// <summary>The columns of a network as the steps in front of it make them of the columns that come in.</summary>
internal sealed class PreparedColumns : OnnxColumns
{
    private readonly OnnxGraph _graph;
    private readonly IReadOnlyList<ITransformer> _steps;
    private readonly List<DataViewSchema> _schemas;

    public PreparedColumns(OnnxGraph graph, IReadOnlyList<ITransformer> steps, DataViewSchema input)
        : base(graph)
    {
        _graph = graph;
        _steps = steps;
        _schemas = [input];
        foreach (var step in steps)
        {
            _schemas.Add(step.GetOutputSchema(_schemas[^1]));
        }
    }

    public override OnnxValue Read(InputColumn column) => Read(column.Name, _steps.Count);

    /// <summary>A column as it is behind so many steps.</summary>
    private OnnxValue Read(string name, int steps)
    {
        for (; steps > 0; steps--)
        {
            var (before, behind) = (_schemas[steps - 1], _schemas[steps]);
            var column = Find(behind, name);

            // A column that takes another's name stands beside it, and hides it.
            if (behind.Count(other => other.Name == name) > before.Count(other => other.Name == name))
            {
                return Made(_steps[steps - 1], before, column, steps - 1);
            }
        }

        return Input(Find(_schemas[0], name));
    }

    /// <summary>A column that a step has added.</summary>
    private OnnxValue Made(ITransformer step, DataViewSchema before, DataViewSchema.Column column, int steps)
    {
        var mapper = step.IsRowToRowMapper ? step.GetRowToRowMapper(before) : throw Unknown(step, column);
        var sources = mapper.GetDependencies([column]).Select(source => source.Name).Distinct().ToList();
        var place = Scope.In(column.Name);
        return step switch
        {
            InputGuardTransformer guard => OnnxSteps.Guard(place, guard, Read(guard.InputColumnName, steps)),
            NormalizingTransformer normalizer when OnnxSteps.AffineOf(normalizer, mapper, column) is { } affine => affine.Export(place, Read(sources[0], steps)),
            ColumnConcatenatingTransformer => place.Concat([.. OnnxSteps.PartsOf(mapper, column).Select(name => Read(name, steps))], 1),
            ColumnCopyingTransformer => Read(sources[0], steps),
            ValueToKeyMappingTransformer when IsText(before, sources[0]) => OnnxSteps.TextToKey(place, column, Read(sources[0], steps)),
            OneHotEncodingTransformer when IsText(before, sources[0]) => OnnxSteps.OneHot(place, mapper, column, () => Read(sources[0], steps)) ?? throw Unknown(step, column),
            KeyToVectorMappingTransformer when before[sources[0]].Type is KeyDataViewType { RawType: var raw } && raw == typeof(uint) =>
                OnnxSteps.OneHot(place, mapper, column, () => Read(sources[0], steps)) ?? throw Unknown(step, column),
            _ => throw Unknown(step, column),
        };
    }

    private OnnxValue Input(DataViewSchema.Column column)
    {
        var vector = column.Type as VectorDataViewType;
        var type = (vector?.ItemType ?? column.Type) switch
        {
            KeyDataViewType => DataType.Uint32,
            TextDataViewType => DataType.String,
            var item when item == NumberDataViewType.Single => DataType.Float,
            var item => throw new NotSupportedException($"SaveOnnx: an input column must hold Single, keys or text; \"{column.Name}\" is {item}. Load the column as Single."),
        };
        return vector is { IsKnownSize: false }
            ? throw new NotSupportedException($"SaveOnnx: vectors must be of known size; \"{column.Name}\" is {column.Type}. Give the size in the loader.")
            : _graph.Input(column.Name, type, vector?.Size ?? 1);
    }

    private static DataViewSchema.Column Find(DataViewSchema schema, string name) => TransformErrors.Find(schema, "SaveOnnx", "inputSchema", name);

    private static bool IsText(DataViewSchema schema, string name) => schema[name].Type is TextDataViewType;

    private static NotSupportedException Unknown(ITransformer step, DataViewSchema.Column column) => new(
        $"SaveOnnx: the steps in front of the network must be InputGuard, affine normalisers, Concatenate, CopyColumns, MapKeyToVector of single keys, and MapValueToKey or OneHotEncoding of single texts; \"{column.Name}\" comes from {step.GetType().Name}{(step is NormalizingTransformer ? " of another kind" : string.Empty)}. Save the network alone with its Model.SaveOnnx, and make its columns by yourself.");
}
