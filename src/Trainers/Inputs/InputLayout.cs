using Microsoft.ML;

namespace MLNet.GradStability;

/// <summary>
/// How a row of features lies in memory: the numbers of all columns, in the order of the columns, then the keys of all columns as whole numbers in Float32, 0
/// for a missing or unknown one.
/// </summary>
internal sealed class InputLayout
{
    private readonly int[] _places;

    public InputLayout(IEnumerable<InputColumn> columns)
    {
        Columns = [.. columns];
        Numbers = checked(Columns.Where(column => !column.IsKey).Sum(column => column.Size));
        Keys = SlotsOf(Columns);
        Size = checked(Numbers + Keys.Count);
        _places = new int[Columns.Count];
        var (number, key) = (0, Numbers);
        for (var i = 0; i < _places.Length; i++)
        {
            ref var next = ref Columns[i].IsKey ? ref key : ref number;
            _places[i] = next;
            next += Columns[i].Size;
        }
    }

    /// <summary>The columns, in the order of the options.</summary>
    public IReadOnlyList<InputColumn> Columns { get; }

    /// <summary>How many numbers a row has; they come first.</summary>
    public int Numbers { get; }

    /// <summary>The keys behind them, slot by slot.</summary>
    public IReadOnlyList<KeySlot> Keys { get; }

    /// <summary>Numbers and keys of a row.</summary>
    public int Size { get; }

    /// <summary>Where the slots of a column begin in the row.</summary>
    public int PlaceOf(int column) => _places[column];

    /// <summary>The layout of rows that are one vector of numbers.</summary>
    /// <param name="numbers">How many.</param>
    /// <param name="name">The name of the column.</param>
    public static InputLayout OfNumbers(int numbers, string name = "Features") => new([new(name, numbers, IsVector: true, Values: 0, ValuesHash: null)]);

    /// <summary>The layout of checked columns.</summary>
    /// <exception cref="ArgumentException">A column is of the wrong type.</exception>
    public static InputLayout Of(IEnumerable<DataViewSchema.Column> columns) => new(columns.Select(InputColumn.Of));

    /// <summary>The feature columns that the options name, found in a schema.</summary>
    /// <exception cref="ArgumentException">One is missing.</exception>
    public static IReadOnlyList<DataViewSchema.Column> Find(DataViewSchema schema, NeuralNetworkOptions options) =>
    [
        .. NamesIn(options).Select(named => schema.GetColumnOrNull(named.Column) ?? throw ColumnErrors.Missing(named.Column, named.Option, schema.Select(column => column.Name))),
    ];

    /// <summary>The names of the feature columns, each with the option that gives it.</summary>
    public static IEnumerable<(string Option, string Column)> NamesIn(NeuralNetworkOptions options) =>
    [
        (nameof(options.FeatureColumnName), options.FeatureColumnName),
        .. options.AdditionalFeatureColumnNames.Select(name => (nameof(options.AdditionalFeatureColumnNames), name)),
    ];

    /// <summary>The first column that does not hold what it holds in the training, and that one; null when there is none.</summary>
    public (InputColumn Found, InputColumn Training)? FirstOther(InputLayout training) =>
        Columns.Zip(training.Columns).Where(pair => !pair.First.HasSameContent(pair.Second)).Select(pair => ((InputColumn, InputColumn)?)pair).FirstOrDefault();

    /// <summary>For the log: <c>8 features</c>, or <c>8 features, 3 of them keys</c>.</summary>
    public string Describe() => Keys.Count == 0
        ? FormattableString.Invariant($"{Size} features")
        : FormattableString.Invariant($"{Size} features, {Keys.Count} of them keys");

    private static List<KeySlot> SlotsOf(IReadOnlyList<InputColumn> columns)
    {
        var slots = new List<KeySlot>();
        var names = new HashSet<string>();
        foreach (var column in columns.Where(column => column.IsKey))
        {
            for (var i = 0; i < column.Size; i++)
            {
                // A module's name may hold no dot, and a pattern's signs would be no names.
                var name = string.Concat(column.Name.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_'));
                name = column.IsVector ? FormattableString.Invariant($"{name}_{i}") : name;
                while (!names.Add(name))
                {
                    name += "_";
                }

                slots.Add(new(name, column.Values));
            }
        }

        return slots;
    }
}
