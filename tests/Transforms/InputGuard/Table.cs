using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.GradStability.Tests.InputGuard;

/// <summary>Small tables of features with slot names, and what comes out of transforms.</summary>
internal static class Table
{
    /// <summary>Four features: with an outlier and two holes, constant, mostly one value, and never finite.</summary>
    public static readonly float[][] Holes =
    [
        [1, 5, 0, float.NaN],
        [2, 5, 0, float.NaN],
        [float.NaN, 5, 0, float.PositiveInfinity],
        [3, 5, 0, float.NaN],
        [4, 5, 0, float.NaN],
        [float.NegativeInfinity, float.NaN, float.NaN, float.NaN],
        [100, 5, 10, float.NegativeInfinity],
    ];

    /// <summary>A data view with the vector "Features", its slots named s0, s1 …, and the scalar "Number", the first of them.</summary>
    public static IDataView View(MLContext ml, params float[][] rows)
    {
        var width = rows.Length == 0 ? 1 : rows[0].Length;
        var schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, width);
        schema[nameof(Row.Features)].AddAnnotation(
            "SlotNames",
            new VBuffer<ReadOnlyMemory<char>>(width, [.. Enumerable.Range(0, width).Select(i => $"s{i}".AsMemory())]),
            new VectorDataViewType(TextDataViewType.Instance, width));
        return ml.Data.LoadFromEnumerable(rows.Select(row => new Row { Features = new(row.Length, row), Number = row[0] }), schema);
    }

    /// <summary>The vectors of a column, dense.</summary>
    public static float[][] Vectors(this IDataView data, string column = "Features") => [.. data.GetColumn<VBuffer<float>>(column).Select(row => row.DenseValues().ToArray())];

    internal sealed class Row
    {
        public VBuffer<float> Features { get; set; }

        public float Number { get; set; }
    }
}
