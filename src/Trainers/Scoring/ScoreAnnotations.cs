using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.GradStability;

/// <summary>The annotations by which ML.NET's evaluators and tools recognise score columns.</summary>
internal static class ScoreAnnotations
{
    public const string KeyValues = "KeyValues";
    public const string SlotNames = "SlotNames";
    public const string TrainingLabelValues = "TrainingLabelValues";
    public const string IsNormalized = "IsNormalized";
    public const string ScoreColumnSetId = "ScoreColumnSetId";
    public const string ScoreColumnKind = "ScoreColumnKind";
    public const string ScoreValueKind = "ScoreValueKind";

    /// <summary>ML.NET's type of the set id: the columns of one scorer share an id.</summary>
    public static readonly KeyDataViewType SetIdType = new(typeof(uint), int.MaxValue);

    /// <summary>The annotations that every score column carries.</summary>
    /// <param name="input">The schema scored, for a set id that is not in use.</param>
    /// <param name="columnKind">MulticlassClassification, BinaryClassification or Regression.</param>
    /// <param name="valueKind">Score, Probability or PredictedLabel.</param>
    public static DataViewSchema.Annotations.Builder Start(DataViewSchema input, string columnKind, string valueKind)
    {
        var builder = new DataViewSchema.Annotations.Builder();
        var id = NextSetId(input);
        builder.Add(ScoreColumnSetId, SetIdType, (ref uint value) => value = id);
        builder.AddPrimitiveValue(ScoreColumnKind, TextDataViewType.Instance, columnKind.AsMemory());
        builder.AddPrimitiveValue(ScoreValueKind, TextDataViewType.Instance, valueKind.AsMemory());
        return builder;
    }

    private static uint NextSetId(DataViewSchema input)
    {
        uint highest = 0;
        foreach (var column in input)
        {
            if (column.Annotations.Schema.GetColumnOrNull(ScoreColumnSetId) is { } annotation && annotation.Type is KeyDataViewType { RawType: var raw } && raw == typeof(uint))
            {
                uint id = 0;
                column.Annotations.GetValue(ScoreColumnSetId, ref id);
                highest = Math.Max(highest, id);
            }
        }

        return highest + 1;
    }
}
