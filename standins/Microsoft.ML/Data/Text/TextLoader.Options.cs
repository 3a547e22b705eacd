namespace Microsoft.ML.Data;

public sealed partial class TextLoader
{
    /// <summary>How to read text files.</summary>
    public class Options
    {
        /// <summary>Whether fields may be quoted, and then hold separators.</summary>
        public bool AllowQuoting;

        /// <summary>Whether rows may hold sparse fields, written index:value.</summary>
        public bool AllowSparse;

        /// <summary>The columns to load.</summary>
        public Column[] Columns;

        /// <summary>The character in front of decimals: a point or a comma.</summary>
        public char DecimalMarker = '.';

        /// <summary>Whether each file starts with a line of names.</summary>
        public bool HasHeader;

        /// <summary>The number of fields in sparse rows that do not say it.</summary>
        public int? InputSize;

        /// <summary>The most rows to load.</summary>
        public long? MaxRows;

        /// <summary>Whether an empty field of a number is NaN; else it is 0.</summary>
        public bool MissingRealsAsNaNs;

        /// <summary>Whether quoted fields may hold line breaks.</summary>
        public bool ReadMultilines;

        /// <summary>The characters between fields.</summary>
        public char[] Separators = ['\t'];

        /// <summary>Whether white space at the end of lines is dropped.</summary>
        public bool TrimWhitespace;
    }

    /// <summary>A column to load.</summary>
    public sealed class Column
    {
        /// <summary>The name.</summary>
        public string Name;

        /// <summary>The fields it is loaded from.</summary>
        public Range[] Source;

        /// <summary>The cardinality, if it is a key.</summary>
        public KeyCount KeyCount;

        /// <summary>A column to be filled in.</summary>
        public Column()
        {
        }

        /// <summary>A column of one field.</summary>
        public Column(string name, DataKind dataKind, int index)
            : this(name, dataKind, [new Range(index)])
        {
        }

        /// <summary>A column of a range of fields, both ends included.</summary>
        public Column(string name, DataKind dataKind, int minIndex, int maxIndex)
            : this(name, dataKind, [new Range(minIndex, maxIndex)])
        {
        }

        /// <summary>A column of several ranges of fields.</summary>
        public Column(string name, DataKind dataKind, Range[] source, KeyCount keyCount = null)
        {
            Contracts.CheckValue(name, nameof(name));
            Contracts.CheckValue(source, nameof(source));
            Name = name;
            DataKind = dataKind;
            Source = source;
            KeyCount = keyCount;
        }

        /// <summary>The kind of items.</summary>
        public DataKind DataKind { get; set; } = DataKind.Single;
    }

    /// <summary>A range of fields.</summary>
    public sealed class Range
    {
        /// <summary>The first field.</summary>
        public int Min;

        /// <summary>The last field.</summary>
        public int? Max;

        /// <summary>Whether the range ends with the line, the same for all lines.</summary>
        public bool AutoEnd;

        /// <summary>Whether the range ends with the line, which may vary.</summary>
        public bool VariableEnd;

        /// <summary>Whether one field makes a vector too.</summary>
        public bool ForceVector;

        /// <summary>A range to be filled in.</summary>
        public Range()
        {
        }

        /// <summary>One field.</summary>
        public Range(int index)
        {
            Contracts.CheckParam(index >= 0, nameof(index), "Must be non-negative");
            Min = index;
            Max = index;
        }

        /// <summary>A range of fields; without a last one it ends with the line.</summary>
        public Range(int min, int? max)
        {
            Contracts.CheckParam(min >= 0, nameof(min), "Must be non-negative");
            Contracts.CheckParam(!(max < min), nameof(max), "If specified, must be greater than or equal to min");
            Min = min;
            Max = max;
            ForceVector = true;
            AutoEnd = max == null;
        }
    }
}
