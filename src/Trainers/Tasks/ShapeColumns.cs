using Microsoft.ML;
using Microsoft.ML.Data;
using static Microsoft.ML.SchemaShape.Column;

namespace MLNet.GradStability;

/// <summary>The shapes of score columns, as ML.NET's own trainers announce them before anything is fitted.</summary>
internal static class ShapeColumns
{
    public static SchemaShape.Column Score(VectorKind kind, params SchemaShape.Column[] annotations) =>
        MLNetInternals.ShapeColumn("Score", kind, NumberDataViewType.Single, isKey: false, [.. annotations, .. Common()]);

    public static SchemaShape.Column Probability() =>
        MLNetInternals.ShapeColumn("Probability", VectorKind.Scalar, NumberDataViewType.Single, isKey: false, [.. Common(), Annotation(ScoreAnnotations.IsNormalized, VectorKind.Scalar, BooleanDataViewType.Instance)]);

    /// <summary>A score column with as many values as the label, of which it takes over the slot names.</summary>
    public static SchemaShape.Column Vector(string name, DataViewType type, SchemaShape.Column label) => MLNetInternals.ShapeColumn(
        name, VectorKind.Vector, type, isKey: false, [.. label.Annotations.Where(annotation => annotation is { Name: ScoreAnnotations.SlotNames, Kind: VectorKind.Vector }), .. Common()]);

    public static SchemaShape.Column PredictedLabel(DataViewType type, bool isKey, params SchemaShape.Column[] annotations) =>
        MLNetInternals.ShapeColumn("PredictedLabel", VectorKind.Scalar, type, isKey, [.. annotations, .. Common()]);

    public static SchemaShape.Column Annotation(string name, VectorKind kind, DataViewType type, bool isKey = false) =>
        MLNetInternals.ShapeColumn(name, kind, type, isKey);

    private static SchemaShape.Column[] Common() =>
    [
        Annotation(ScoreAnnotations.ScoreColumnSetId, VectorKind.Scalar, NumberDataViewType.UInt32, isKey: true),
        Annotation(ScoreAnnotations.ScoreColumnKind, VectorKind.Scalar, TextDataViewType.Instance),
        Annotation(ScoreAnnotations.ScoreValueKind, VectorKind.Scalar, TextDataViewType.Instance),
    ];
}
