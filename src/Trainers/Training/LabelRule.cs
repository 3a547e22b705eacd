using Microsoft.ML;
using Microsoft.ML.Data;
using static Microsoft.ML.SchemaShape.Column;

namespace MLNet.GradStability;

/// <summary>Which labels a task accepts, and how a label is read as numbers.</summary>
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

    /// <summary>Makes a function that reads the label of the cursor's row; 0 stands for a missing key.</summary>
    public abstract NumberReader Reader(DataViewRow row, DataViewSchema.Column column);

    /// <summary>Throws when a number of a label is not a usable value.</summary>
    public abstract void CheckValue(DataViewSchema.Column column, int place, float value, long row);

    private static string Describe(SchemaShape.Column column) => column.Kind == VectorKind.Scalar ? $"{column.ItemType}" : $"a {column.Kind} of {column.ItemType}";

    // The item type, when the label is a value or a vector of known size.
    private static DataViewType? ItemOf(DataViewType type) => type switch
    {
        VectorDataViewType { IsKnownSize: true, ItemType: var item } => item,
        VectorDataViewType => null,
        _ => type,
    };

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
            if (!column.IsKey || column.Kind != VectorKind.Scalar)
            {
                throw ColumnErrors.WrongType("label", column.Name, Expected, column.ItemType, Remedy);
            }
        }

        public override NumberReader Reader(DataViewRow row, DataViewSchema.Column column) => column.Type.RawType switch
        {
            var type when type == typeof(byte) => ColumnNumbers.Reader<byte>(row, column, value => value),
            var type when type == typeof(ushort) => ColumnNumbers.Reader<ushort>(row, column, value => value),
            var type when type == typeof(ulong) => ColumnNumbers.Reader<ulong>(row, column, value => value),
            _ => ColumnNumbers.Reader<uint>(row, column, value => value),
        };

        public override void CheckValue(DataViewSchema.Column column, int place, float value, long row)
        {
            if (value == 0)
            {
                throw ColumnErrors.BadLabel(column.Name, string.Empty, "name a known class", "a missing or unknown one", row, "Leave such rows out, or fit MapValueToKey on data that holds every class.");
            }
        }
    }

    private sealed class BooleanRule : LabelRule
    {
        private const string Expected = "Boolean, or a vector of Boolean or Single of known size";
        private const string Remedy = "Load it as Boolean, or append Conversion.ConvertType or a CustomMapping.";

        public override void Check(string name, DataViewType type)
        {
            if (ItemOf(type) != BooleanDataViewType.Instance && (type is not VectorDataViewType || ItemOf(type) != NumberDataViewType.Single))
            {
                throw ColumnErrors.WrongType("label", name, Expected, type, Remedy);
            }
        }

        public override void Check(SchemaShape.Column column)
        {
            var suits = column.ItemType == BooleanDataViewType.Instance || (column.ItemType == NumberDataViewType.Single && column.Kind == VectorKind.Vector);
            if (!suits || column.Kind == VectorKind.VariableVector)
            {
                throw ColumnErrors.WrongType("label", column.Name, Expected, Describe(column), Remedy);
            }
        }

        public override NumberReader Reader(DataViewRow row, DataViewSchema.Column column) => ItemOf(column.Type) == NumberDataViewType.Single
            ? ColumnNumbers.Reader<float>(row, column, value => value)
            : ColumnNumbers.Reader<bool>(row, column, value => value ? 1 : 0);

        public override void CheckValue(DataViewSchema.Column column, int place, float value, long row)
        {
            if (value is not (0 or 1))
            {
                throw ColumnErrors.BadLabel(column.Name, SlotName.Describe(column, place), "hold 0 or 1", FormattableString.Invariant($"{value}"), row, "Correct the labels, or use the regression trainer.");
            }
        }
    }

    private sealed class SingleRule : LabelRule
    {
        private const string Expected = "Single, or a vector of Single of known size";
        private const string Remedy = "Append Conversion.ConvertType to Single for it.";

        public override bool HasClasses => false;

        public override void Check(string name, DataViewType type)
        {
            if (ItemOf(type) != NumberDataViewType.Single)
            {
                throw ColumnErrors.WrongType("label", name, Expected, type, Remedy);
            }
        }

        public override void Check(SchemaShape.Column column)
        {
            if (column.ItemType != NumberDataViewType.Single || column.IsKey || column.Kind == VectorKind.VariableVector)
            {
                throw ColumnErrors.WrongType("label", column.Name, Expected, Describe(column), Remedy);
            }
        }

        public override NumberReader Reader(DataViewRow row, DataViewSchema.Column column) => ColumnNumbers.Reader<float>(row, column, value => value);

        public override void CheckValue(DataViewSchema.Column column, int place, float value, long row)
        {
            if (!float.IsFinite(value))
            {
                throw ColumnErrors.NotFinite(column.Name, SlotName.Describe(column, place), value, row);
            }
        }
    }
}
