namespace Microsoft.ML.Data;

/// <summary>The columns of scored data that an evaluation reads, by their roles.</summary>
internal sealed class EvaluationData
{
    public const string Label = "Label";
    public const string Score = "Score";
    public const string Probability = "Probability";
    public const string PredictedLabel = "PredictedLabel";

    private readonly IDataView _data;
    private readonly Dictionary<string, DataViewSchema.Column> _columns = [];

    public EvaluationData(IDataView data, params (string Role, string Name)[] roles)
    {
        _data = data;
        foreach (var (role, name) in roles)
        {
            _columns[role] = data.Schema.GetColumnOrNull(name)
                ?? throw Contracts.ExceptParam("schema", $"{name} column '{role}' not found");
        }
    }

    public DataViewSchema.Column this[string role] => _columns[role];

    /// <summary>Checks the type of a column.</summary>
    public void Check(string role, string expected, Func<DataViewType, bool> isValid)
    {
        var column = _columns[role];
        if (!isValid(column.Type))
            throw Contracts.ExceptSchemaMismatch("schema", role.ToLowerInvariant(), column.Name, expected, column.Type.ToString());
    }

    /// <summary>Calls <paramref name="bind"/> with a cursor over the columns, then what it gives for every row.</summary>
    public void ForEach(Func<DataViewRow, Action> bind)
    {
        // The predicted label must be there, but the score alone decides.
        using var cursor = _data.GetRowCursor(_columns.Where(c => c.Key != PredictedLabel).Select(c => c.Value));
        var process = bind(cursor);
        while (cursor.MoveNext())
            process();
    }

    /// <summary>Labels as numbers: true is 1, the first key 0, a missing key NaN.</summary>
    public ValueGetter<float> LabelGetter(DataViewRow row)
    {
        var label = row.Schema[_columns[Label].Index];
        switch (label.Type)
        {
            case KeyDataViewType key:
                return GenericMethods.Invoke<ValueGetter<float>>(KeyLabels<uint>, [key.RawType], row, label.Index, key.Count);
            case BooleanDataViewType:
                var flag = row.GetGetter<bool>(label);
                return (ref float dst) =>
                {
                    bool value = false;
                    flag(ref value);
                    dst = value ? 1 : 0;
                };
            case NumberDataViewType number when number == NumberDataViewType.Double:
                var wide = row.GetGetter<double>(label);
                return (ref float dst) =>
                {
                    double value = double.NaN;
                    wide(ref value);
                    dst = (float)value;
                };
            default:
                return row.GetGetter<float>(label);
        }
    }

    private static ValueGetter<float> KeyLabels<T>(DataViewRow row, int index, ulong count)
        where T : System.Numerics.INumber<T>
    {
        var getter = row.GetGetter<T>(row.Schema[index]);
        T key = default;
        return (ref float dst) =>
        {
            getter(ref key);
            ulong value = ulong.CreateTruncating(key);
            dst = value == 0 || value > count ? float.NaN : value - 1;
        };
    }
}
