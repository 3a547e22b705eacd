using Microsoft.ML;
using Microsoft.ML.Data;

namespace Samples.Cli;

/// <summary>The rows of a file that have a label, with the label as the trainers want it.</summary>
internal static class LabelledRows
{
    public static IDataView Load(MLContext ml, DataPlan plan, ColumnNames names)
    {
        var isNumber = plan.Label.Task == TaskKind.Regression;
        IEnumerable<(ColumnProfile, DataKind)> columns =
        [
            (plan.Label.Column, isNumber ? DataKind.Single : DataKind.String),
            .. Features(plan),
            .. plan.Weight is null ? [] : new[] { (plan.Weight, DataKind.Single) },
        ];
        var rows = plan.Table.Load(ml, columns);
        rows = isNumber ? rows : WithKeys(ml, rows, plan, names);
        rows = ml.Data.FilterRowsByMissingValues(rows, plan.Weight is null ? [names.Label] : [names.Label, plan.Weight.Name]);
        return plan.Label.Task == TaskKind.Binary ? WithTruth(ml, rows, names) : rows;
    }

    /// <summary>The columns that are learned from.</summary>
    public static IEnumerable<(ColumnProfile Column, DataKind Kind)> Features(DataPlan plan) =>
    [
        .. plan.Numbers.Select(column => (column, DataKind.Single)),
        .. plan.Texts.Select(column => (column, DataKind.String)),
    ];

    // A text that is no class, such as an empty one, becomes the missing key.
    private static IDataView WithKeys(MLContext ml, IDataView rows, DataPlan plan, ColumnNames names)
    {
        var classes = ml.Data.LoadFromEnumerable(plan.Label.Classes.Select(name => new ClassName { Name = name }));
        return ml.Transforms.Conversion.MapValueToKey(names.Label, plan.Label.Column.Name, keyData: classes).Fit(rows).Transform(rows);
    }

    private static IDataView WithTruth(MLContext ml, IDataView rows, ColumnNames names)
    {
        var (from, to) = (SchemaDefinition.Create(typeof(ClassKey)), SchemaDefinition.Create(typeof(ClassTruth)));
        from[nameof(ClassKey.Key)].ColumnName = names.Label;
        to[nameof(ClassTruth.IsPositive)].ColumnName = names.Label;
        return ml.Transforms.CustomMapping<ClassKey, ClassTruth>((key, truth) => truth.IsPositive = key.Key == 2, contractName: null, from, to).Fit(rows).Transform(rows);
    }

    private sealed class ClassName
    {
        public string Name { get; set; } = string.Empty;
    }

    private sealed class ClassKey
    {
        [KeyType(2)]
        public uint Key { get; set; }
    }

    private sealed class ClassTruth
    {
        public bool IsPositive { get; set; }
    }
}
