using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.GradStability;

/// <summary>Which labels a task accepts, and how a label is read as a number.</summary>
internal abstract class LabelRule
{
    public static LabelRule Key { get; } = new KeyRule();

    public static LabelRule Boolean { get; } = new BooleanRule();

    public static LabelRule Single { get; } = new SingleRule();

    /// <summary>Whether a label names a class; otherwise it is a number to predict.</summary>
    public virtual bool HasClasses => true;

    /// <summary>Throws unless the column's type suits.</summary>
    public abstract void Check(string name, DataViewType type);

    /// <summary>Throws unless a column of the shape suits.</summary>
    public abstract void Check(SchemaShape.Column column);

    /// <summary>Makes a function that reads the label of the cursor's row; NaN stands for a missing key.</summary>
    public abstract Func<float> Reader(DataViewRow row, DataViewSchema.Column column);

    /// <summary>Throws when a label is not a usable value.</summary>
    public abstract void CheckValue(string column, float value, long row);

    private static Func<float> Reader<T>(DataViewRow row, DataViewSchema.Column column, Func<T, float> convert)
    {
        var getter = row.GetGetter<T>(column);
        return () =>
        {
            T value = default!;
            getter(ref value);
            return convert(value);
        };
    }

    private sealed class KeyRule : LabelRule
    {
        // Beyond this a softmax over all classes is the wrong tool, and an index no longer fits a Single exactly.
        private const ulong MostClasses = 1 << 20;
        private const string Expected = "a key";
        private const string Remedy = "Append Conversion.MapValueToKey for it.";

        public override void Check(string name, DataViewType type)
        {
            if (type is not KeyDataViewType key)
            {
                throw ColumnErrors.WrongType("label", name, Expected, type, Remedy);
            }

            if (key.Count > MostClasses)
            {
                throw ColumnErrors.WrongType("label", name, $"a key of at most {MostClasses} values", type, "Use MapValueToKey instead of a hash.");
            }
        }

        public override void Check(SchemaShape.Column column)
        {
            if (!column.IsKey || column.Kind != SchemaShape.Column.VectorKind.Scalar)
            {
                throw ColumnErrors.WrongType("label", column.Name, Expected, column.ItemType, Remedy);
            }
        }

        public override Func<float> Reader(DataViewRow row, DataViewSchema.Column column) => column.Type.RawType switch
        {
            var type when type == typeof(byte) => Reader<byte>(row, column, value => value),
            var type when type == typeof(ushort) => Reader<ushort>(row, column, value => value),
            var type when type == typeof(ulong) => Reader<ulong>(row, column, value => value),
            _ => Reader<uint>(row, column, value => value),
        };

        public override void CheckValue(string column, float value, long row)
        {
            if (value == 0)
            {
                throw ColumnErrors.BadLabel(column, "name a known class", "a missing or unknown one", row, "Leave such rows out, or fit MapValueToKey on data that holds every class.");
            }
        }
    }

    private sealed class BooleanRule : LabelRule
    {
        private const string Remedy = "Load it as Boolean, or append Conversion.ConvertType or a CustomMapping.";

        public override void Check(string name, DataViewType type)
        {
            if (type != BooleanDataViewType.Instance)
            {
                throw ColumnErrors.WrongType("label", name, "Boolean", type, Remedy);
            }
        }

        public override void Check(SchemaShape.Column column)
        {
            if (column.ItemType != BooleanDataViewType.Instance || column.Kind != SchemaShape.Column.VectorKind.Scalar)
            {
                throw ColumnErrors.WrongType("label", column.Name, "Boolean", column.ItemType, Remedy);
            }
        }

        public override Func<float> Reader(DataViewRow row, DataViewSchema.Column column) => Reader<bool>(row, column, value => value ? 1 : 0);

        public override void CheckValue(string column, float value, long row)
        {
            // Every Boolean is a label.
        }
    }

    private sealed class SingleRule : LabelRule
    {
        private const string Remedy = "Append Conversion.ConvertType to Single for it.";

        public override bool HasClasses => false;

        public override void Check(string name, DataViewType type)
        {
            if (type != NumberDataViewType.Single)
            {
                throw ColumnErrors.WrongType("label", name, "Single", type, Remedy);
            }
        }

        public override void Check(SchemaShape.Column column)
        {
            if (column.ItemType != NumberDataViewType.Single || column.IsKey || column.Kind != SchemaShape.Column.VectorKind.Scalar)
            {
                throw ColumnErrors.WrongType("label", column.Name, "Single", column.ItemType, Remedy);
            }
        }

        public override Func<float> Reader(DataViewRow row, DataViewSchema.Column column) => Reader<float>(row, column, value => value);

        public override void CheckValue(string column, float value, long row)
        {
            if (!float.IsFinite(value))
            {
                throw ColumnErrors.NotFinite(column, string.Empty, value, row);
            }
        }
    }
}
