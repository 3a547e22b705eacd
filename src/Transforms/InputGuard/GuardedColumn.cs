using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.GradStability;

/// <summary>An input guard bound to an input schema.</summary>
internal sealed class GuardedColumn : AddedColumn
{
    public const string SlotNames = "SlotNames";
    public const string IsNormalized = "IsNormalized";
    private readonly InputGuardModel _model;
    private readonly InputGuardCounters _counters;

    public GuardedColumn(InputGuardModel model, InputGuardCounters counters, DataViewSchema input)
        : base(input, Find(model, input), Output(model, input))
    {
        _model = model;
        _counters = counters;
    }

    /// <summary>Finds the column and checks that it is Single or a vector of Single of known size.</summary>
    public static DataViewSchema.Column Find(DataViewSchema schema, string name)
    {
        var column = schema.GetColumnOrNull(name) ?? throw InputGuardErrors.Missing(name, schema.Select(other => other.Name));
        var fits = column.Type == NumberDataViewType.Single || (column.Type is VectorDataViewType { IsKnownSize: true, ItemType: var item } && item == NumberDataViewType.Single);
        return fits ? column : throw InputGuardErrors.WrongType(name, column.Type);
    }

    protected override Delegate CreateGetter(DataViewRow input)
    {
        var values = new RowValues(input, Source);
        if (!_model.IsVector)
        {
            ValueGetter<float> scalar = (ref float value) => value = Guarded()[0];
            return scalar;
        }

        ValueGetter<VBuffer<float>> vector = (ref VBuffer<float> value) =>
        {
            var guarded = Guarded();
            var editor = VBufferEditor.Create(ref value, guarded.Length);
            guarded.CopyTo(editor.Values);
            value = editor.Commit();
        };
        return vector;

        Span<float> Guarded()
        {
            var row = values.Read();
            _counters.Add(_model.Apply(row, Source, input.Position));
            return row;
        }
    }

    private static DataViewSchema.Column Find(InputGuardModel model, DataViewSchema input)
    {
        var column = Find(input, model.InputColumnName);
        return (column.Type as VectorDataViewType)?.Size == (model.ColumnType as VectorDataViewType)?.Size
            ? column
            : throw InputGuardErrors.OtherType(column.Name, model.ColumnType, column.Type);
    }

    private static DataViewSchema.DetachedColumn Output(InputGuardModel model, DataViewSchema input)
    {
        var source = Find(model, input);
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add(source.Annotations, name => name == SlotNames);
        if (model.Options.Standardise)
        {
            annotations.AddPrimitiveValue(IsNormalized, BooleanDataViewType.Instance, true);
        }

        // The source's own type: a vector may have dimensions, such as an image's.
        return new(model.OutputColumnName, source.Type, annotations.ToAnnotations());
    }
}
