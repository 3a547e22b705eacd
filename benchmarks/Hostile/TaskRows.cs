using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.GradStability.Benchmarks.Hostile;

/// <summary>Rows to train on and to measure on, as arrays and as data views.</summary>
/// <param name="Goal">What is predicted.</param>
/// <param name="Classes">Number of classes; 0 for others.</param>
/// <param name="Train">Rows to train on.</param>
/// <param name="Test">Rows to measure on.</param>
internal sealed record TaskRows(Goal Goal, int Classes, TaskRows.Part Train, TaskRows.Part Test)
{
    public int Features => Train.X[0].Length;

    /// <summary>The same rows with other features.</summary>
    public TaskRows Scaled(Func<float[], float[]> change) => this with { Train = Train.Changed(change), Test = Test.Changed(change) };

    /// <summary>Features and labels; a class counts from 0.</summary>
    internal sealed record Part(float[][] X, float[] Y)
    {
        public Part Changed(Func<float[], float[]> change) => this with { X = [.. X.Select(change)] };

        public IDataView ToView(MLContext ml, int classes)
        {
            var definition = SchemaDefinition.Create(typeof(Row));
            definition[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, X[0].Length);
            if (classes > 0)
            {
                definition[nameof(Row.Class)].ColumnType = new KeyDataViewType(typeof(uint), classes);
            }

            return ml.Data.LoadFromEnumerable(X.Zip(Y, (x, y) => new Row { Features = x, Number = y, Flag = y > 0.5, Class = (uint)Math.Max(0, y) }).ToList(), definition);
        }
    }

    private sealed class Row
    {
        public float[] Features { get; set; } = [];

        public float Number { get; set; }

        public bool Flag { get; set; }

        public uint Class { get; set; }
    }
}
