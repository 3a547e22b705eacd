using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>Loading, splitting and filtering data.</summary>
public sealed class DataOperationsCatalog : IInternalCatalog
{
    private readonly IHostEnvironment _env;

    internal DataOperationsCatalog(IHostEnvironment env) => _env = env;

    IHostEnvironment IInternalCatalog.Environment => _env;

    /// <summary>A data view over objects; their members are its columns.</summary>
    public IDataView LoadFromEnumerable<TRow>(IEnumerable<TRow> data, SchemaDefinition schemaDefinition = null)
        where TRow : class
    {
        Contracts.CheckValue(data, nameof(data));
        return new EnumerableView<TRow>(data, MemberColumn.Bind(typeof(TRow), schemaDefinition, SchemaDefinition.Direction.Read));
    }

    /// <summary>A data view over objects whose columns have the types and annotations of the schema.</summary>
    public IDataView LoadFromEnumerable<TRow>(IEnumerable<TRow> data, DataViewSchema schema)
        where TRow : class
    {
        Contracts.CheckValue(schema, nameof(schema));
        return LoadFromEnumerable(data, MemberColumn.DefinitionFor(typeof(TRow), schema));
    }

    /// <summary>The rows as objects.</summary>
    public IEnumerable<TRow> CreateEnumerable<TRow>(
        IDataView data, bool reuseRowObject, bool ignoreMissingColumns = false, SchemaDefinition schemaDefinition = null)
        where TRow : class, new()
    {
        Contracts.CheckValue(data, nameof(data));
        var filler = RowFiller<TRow>.Bind(data.Schema, ignoreMissingColumns, schemaDefinition);
        return Enumerate();

        IEnumerable<TRow> Enumerate()
        {
            using var cursor = data.GetRowCursor(filler.Sources);
            var fill = filler.Over(cursor);
            TRow row = null;
            while (cursor.MoveNext())
            {
                row = reuseRowObject && row != null ? row : new TRow();
                fill(row);
                yield return row;
            }
        }
    }

    /// <summary>Keeps columns in memory once they have been read.</summary>
    public IDataView Cache(IDataView input, params string[] columnsToPrefetch)
    {
        Contracts.CheckValue(input, nameof(input));
        foreach (string name in columnsToPrefetch ?? [])
        {
            if (input.Schema.GetColumnOrNull(name) == null)
                throw Contracts.ExceptSchemaMismatch(nameof(columnsToPrefetch), "prefetch", name);
        }
        return new CacheView(input, columnsToPrefetch ?? []);
    }

    /// <summary>The rows whose value is at least the lower bound and below the upper.</summary>
    public IDataView FilterRowsByColumn(
        IDataView input, string columnName, double lowerBound = double.NegativeInfinity, double upperBound = double.PositiveInfinity)
    {
        Contracts.CheckValue(input, nameof(input));
        Contracts.CheckNonEmpty(columnName, nameof(columnName));
        Contracts.CheckParam(lowerBound < upperBound, nameof(upperBound), "Must be less than lowerBound");
        var column = input.Schema[columnName];
        if (column.Type is not NumberDataViewType)
            throw Contracts.ExceptSchemaMismatch(nameof(columnName), "filter", columnName, "number", column.Type.ToString());
        Contracts.CheckParam(column.Type.RawType == typeof(float) || column.Type.RawType == typeof(double), "Column",
            $"Column '{columnName}' does not have compatible type");
        return new FilterView(input, [column], row => NumberTest(row, column, value => lowerBound <= value && value < upperBound));
    }

    /// <summary>The rows none of whose values in the columns are missing.</summary>
    public IDataView FilterRowsByMissingValues(IDataView input, params string[] columns)
    {
        Contracts.CheckValue(input, nameof(input));
        Contracts.CheckParam(columns is { Length: > 0 }, nameof(columns));
        DataViewSchema.Column[] reads = [.. columns.Select(name => MissingValues.Column(input.Schema, name))];
        return new FilterView(input, reads, row =>
        {
            Func<bool>[] missing = [.. reads.Select(c => MissingValues.Test(row, c))];
            return () => !missing.Any(isMissing => isMissing());
        });
    }

    /// <summary>The rows in random order.</summary>
    public IDataView ShuffleRows(IDataView input, int? seed = null, int shufflePoolSize = 1000, bool shuffleSource = true)
    {
        Contracts.CheckValue(input, nameof(input));
        Contracts.CheckParam(shufflePoolSize > 0, nameof(shufflePoolSize), "Must be positive");
        int drawn = seed ?? _env.Register("Shuffle").Rand.Next(int.MinValue, int.MaxValue);
        return new ShuffleView(input, shufflePoolSize, shuffleSource, drawn);
    }

    /// <summary>The rows after the first few.</summary>
    public IDataView SkipRows(IDataView input, long count)
    {
        Contracts.CheckValue(input, nameof(input));
        Contracts.CheckParam(count > 0, nameof(count), "Must be greater than zero.");
        return new SkipTakeView(input, count, long.MaxValue);
    }

    /// <summary>The first few rows.</summary>
    public IDataView TakeRows(IDataView input, long count)
    {
        Contracts.CheckValue(input, nameof(input));
        Contracts.CheckParam(count > 0, nameof(count), "Must be greater than zero.");
        return new SkipTakeView(input, 0, count);
    }

    /// <summary>Two parts, the rows of which are chosen at random or by the values of a column.</summary>
    public TrainTestData TrainTestSplit(IDataView data, double testFraction = 0.1, string samplingKeyColumnName = null, int? seed = null)
    {
        Contracts.CheckValue(data, nameof(data));
        Contracts.CheckParam(0 < testFraction && testFraction < 1, nameof(testFraction), "Must be between 0 and 1 exclusive");
        var split = new RowSplit(data, samplingKeyColumnName, seed ?? SeedOf(_env));
        return new(split.Where(n => n >= testFraction || n < 0), split.Where(n => 0 <= n && n < testFraction));
    }

    /// <summary>A split for each fold, whose test set is the fold.</summary>
    public IReadOnlyList<TrainTestData> CrossValidationSplit(
        IDataView data, int numberOfFolds = 5, string samplingKeyColumnName = null, int? seed = null)
    {
        Contracts.CheckValue(data, nameof(data));
        Contracts.CheckParam(numberOfFolds > 1, nameof(numberOfFolds), "Must be more than 1");
        return SplitFolds(_env, data, numberOfFolds, samplingKeyColumnName, seed);
    }

    /// <summary>A split for each fold; the bounds belong to both folds they part, as in ML.NET.</summary>
    internal static IReadOnlyList<TrainTestData> SplitFolds(
        IHostEnvironment env, IDataView data, int numberOfFolds, string samplingKeyColumnName, int? seed)
    {
        var split = new RowSplit(data, samplingKeyColumnName, seed ?? SeedOf(env));
        return [.. Enumerable.Range(0, numberOfFolds).Select(fold =>
        {
            double min = (double)fold / numberOfFolds, max = (double)(fold + 1) / numberOfFolds;
            return new TrainTestData(split.Where(n => n < min || n > max), split.Where(n => min <= n && n <= max));
        })];
    }

    private static int? SeedOf(IHostEnvironment env) => ((IHostEnvironmentInternal)env).Seed;

    private static Func<bool> NumberTest(DataViewRow row, DataViewSchema.Column column, Func<double, bool> test)
    {
        if (column.Type == NumberDataViewType.Single)
        {
            var single = row.GetGetter<float>(column);
            float value = 0;
            return () =>
            {
                single(ref value);
                return test(value);
            };
        }
        var getter = row.GetGetter<double>(column);
        double number = 0;
        return () =>
        {
            getter(ref number);
            return test(number);
        };
    }

    /// <summary>The two parts of a split.</summary>
    public struct TrainTestData
    {
        /// <summary>The part to train on.</summary>
        public readonly IDataView TrainSet;

        /// <summary>The part to test on.</summary>
        public readonly IDataView TestSet;

        internal TrainTestData(IDataView trainSet, IDataView testSet)
        {
            TrainSet = trainSet;
            TestSet = testSet;
        }
    }
}
