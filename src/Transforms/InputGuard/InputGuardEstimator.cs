using System.Collections.Immutable;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace MLNet.GradStability;

/// <summary>
/// Keeps what would blow up a network out of its inputs. Fitting finds, for every feature of a column, the median and a robust deviation, in one pass
/// and bounded memory: scale = 1.4826 · median(|x − median|); where that is 0, the standard deviation; where that is 0 too, 1. The
/// transformer then, in this order, imputes the median for NaN and ±∞ or rejects them, clips to median ± k · scale, and gives (x − median) / scale,
/// each as <see cref="InputGuardOptions"/> say. Neither outliers nor values that are not finite distort the statistics.
/// </summary>
/// <remarks>Fitting keeps nothing in the estimator, so that one may be fitted many times, as cross-validation does.</remarks>
public sealed class InputGuardEstimator : IEstimator<InputGuardTransformer>
{
    private readonly IHost _host;
    private readonly int _seed;
    private readonly string _output;
    private readonly string _input;

    internal InputGuardEstimator(IHostEnvironment environment, string outputColumnName, string? inputColumnName, InputGuardOptions options)
    {
        _output = Require.Text(outputColumnName, "InputGuard", nameof(outputColumnName), "Name the column to add or replace.");
        _input = inputColumnName is null ? _output : Require.Text(inputColumnName, "InputGuard", nameof(inputColumnName), "Name a column, or give null for outputColumnName.");
        Options = options;
        _host = environment.Register(nameof(InputGuardEstimator));
        _seed = _host.Rand.Next();
        TransformComponents.Register(environment);
    }

    /// <summary>The options of this estimator.</summary>
    public InputGuardOptions Options { get; }

    /// <summary>Finds the statistics of every feature in one pass.</summary>
    /// <param name="input">The rows; the column is Single or a vector of Single of known size.</param>
    /// <exception cref="ArgumentException">The column is missing or of another type.</exception>
    /// <exception cref="InvalidOperationException">There are no rows, or a value is not finite and the options reject it.</exception>
    public InputGuardTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        using var channel = _host.Start("Fitting");
        var column = GuardedColumn.Find(input.Schema, _input);
        var statistics = Measure(input, column);
        channel.Info(MessageSensitivity.Schema, "{0}", Describe(statistics));
        return new(new(_output, _input, column.Type is VectorDataViewType, Options, statistics));
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The column is missing or of another type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        var shape = inputSchema.ToDictionary(column => column.Name);
        if (!shape.TryGetValue(_input, out var source))
        {
            throw InputGuardErrors.Missing(_input, shape.Keys);
        }

        if (source.ItemType != NumberDataViewType.Single || source.IsKey || source.Kind == SchemaShape.Column.VectorKind.VariableVector)
        {
            throw InputGuardErrors.WrongType(_input, $"{source.Kind} of {source.ItemType}");
        }

        var annotations = source.Annotations.Where(annotation => annotation.Name == GuardedColumn.SlotNames);
        if (Options.Standardise)
        {
            annotations = annotations.Append(MLNetInternals.ShapeColumn(GuardedColumn.IsNormalized, SchemaShape.Column.VectorKind.Scalar, BooleanDataViewType.Instance, isKey: false));
        }

        shape[_output] = MLNetInternals.ShapeColumn(_output, source.Kind, source.ItemType, isKey: false, [.. annotations]);
        return new(shape.Values);
    }

    private ImmutableArray<FeatureStatistics> Measure(IDataView input, DataViewSchema.Column column)
    {
        var random = new Random(_seed);
        using var cursor = input.GetRowCursor([column]);
        var values = new RowValues(cursor, column);
        FeatureSample[]? samples = null;
        while (cursor.MoveNext())
        {
            var row = values.Read();
            samples ??= [.. Enumerable.Range(0, row.Length).Select(_ => new FeatureSample(Options.SampleSize))];
            for (var i = 0; i < row.Length; i++)
            {
                if (!float.IsFinite(row[i]))
                {
                    InputGuardErrors.ThrowIfRejected(Options, column, i, row[i], cursor.Position);
                }

                samples[i].Add(row[i], random);
            }
        }

        return samples is null ? throw InputGuardErrors.NoRows(_input) : [.. samples.Select(sample => sample.Summarise())];
    }

    private string Describe(ImmutableArray<FeatureStatistics> statistics) => FormattableString.Invariant(
        $"column \"{_input}\": {statistics.Length} features, {statistics.Sum(feature => feature.NonFiniteCount)} values of {statistics.Count(feature => feature.NonFiniteCount > 0)} features not finite, {statistics.Count(feature => feature.ScaleSource == ScaleSource.One)} features constant or empty");
}
