using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using static MLNet.GradStability.OnnxFormat.TensorProto.Types;

namespace MLNet.GradStability;

/// <summary>Steps of data preparation as ONNX operators.</summary>
internal static class OnnxSteps
{
    /// <summary>What an input guard does, in Float64 as it does; a value that it rejects becomes NaN.</summary>
    public static OnnxValue Guard(OnnxScope scope, InputGuardTransformer guard, OnnxValue input)
    {
        double[] medians = [.. guard.Statistics.Select(feature => feature.Median)];
        double[] scales = [.. guard.Statistics.Select(feature => feature.Scale)];
        var raw = scope.Cast(input, DataType.Double);
        var center = scope.Doubles(medians);
        var isOther = scope.Op("Or", [scope.Op("IsNaN", [raw]), scope.Op("IsInf", [raw])]);
        var value = scope.Op("Where", [isOther, center, raw]) with { Rank = 2 };
        if (guard.Options.ClipDeviations is { } deviations)
        {
            value = scope.Op("Max", [value, scope.Doubles([.. medians.Zip(scales, (median, scale) => median - (deviations * scale))])]);
            value = scope.Op("Min", [value, scope.Doubles([.. medians.Zip(scales, (median, scale) => median + (deviations * scale))])]);
        }

        if (guard.Options.Standardise)
        {
            value = scope.Op("Div", [scope.Op("Sub", [value, center]), scope.Doubles(scales)]);
        }

        var guarded = scope.Cast(scope.Op("Clip", [value, scope.Double(float.MinValue), scope.Double(float.MaxValue)]), DataType.Float);
        return guard.Options.OnNonFinite == NonFiniteAction.Reject ? scope.Op("Where", [isOther, scope.Single(double.NaN), guarded]) : guarded;
    }

    /// <summary>What a normaliser does with one of its columns; null where it is not of the form (x − offset)·scale.</summary>
    public static AffineMap? AffineOf(NormalizingTransformer normalizer, IRowToRowMapper mapper, DataViewSchema.Column column)
    {
        // The transformer does not tell which parameters are whose: a row of numbers does.
        using var numbered = new NumberedRow(mapper.InputSchema, mapper.GetDependencies([column]));
        var found = numbered.Through(mapper, column);
        return Enumerable.Range(0, mapper.OutputSchema.Count - mapper.InputSchema.Count)
            .Select(i => AffineMap.Of(normalizer.GetNormalizerModelParameters(i)))
            .FirstOrDefault(affine => affine?.Maps(numbered.Numbers, found) == true);
    }

    /// <summary>The columns that a concatenation joins, in order.</summary>
    public static IReadOnlyList<string> PartsOf(IRowToRowMapper mapper, DataViewSchema.Column joined)
    {
        // The transformer does not tell their order: a row of numbers that are all different does.
        using var numbered = new NumberedRow(mapper.InputSchema, mapper.GetDependencies([joined]));
        return numbered.PartsOf(numbered.Through(mapper, joined));
    }

    /// <summary>The key of a text, counted from 1 in the order of its values; 0 for any other text.</summary>
    public static OnnxValue TextToKey(OnnxScope scope, DataViewSchema.Column column, OnnxValue text) => Keys(scope, TextsOf(column, ScoreAnnotations.KeyValues), text);

    /// <summary>1 in the place of a key, 0 elsewhere; 0 everywhere for a missing key. Null where a step encodes keys, or texts, in another way.</summary>
    public static OnnxValue? OneHot(OnnxScope scope, IRowToRowMapper mapper, DataViewSchema.Column column, Func<OnnxValue> source)
    {
        if (column.Type is not VectorDataViewType { IsKnownSize: true } vector || vector.ItemType != NumberDataViewType.Single)
        {
            return null;
        }

        // Of a text the slots are named by its values, in the order of their keys.
        var isText = mapper.GetDependencies([column]).All(from => from.Type is TextDataViewType);
        var names = isText ? TextsOf(column, ScoreAnnotations.SlotNames) : [];
        if (!IsOne(0) || !IsOne(vector.Size - 1))
        {
            return null;
        }

        var keys = isText ? Keys(scope, names, source()) : scope.Cast(source(), DataType.Int64);
        return scope.Cast(scope.Op("Equal", [keys, scope.Integers([.. Enumerable.Range(1, vector.Size).Select(i => (long)i)])]), DataType.Float);

        bool IsOne(int place)
        {
            using var row = new NumberedRow(mapper.InputSchema, mapper.GetDependencies([column]), isText && place < names.Length ? names[place] : string.Empty, (uint)place + 1);
            return row.Through(mapper, column).SequenceEqual(Enumerable.Range(0, vector.Size).Select(i => i == place ? 1f : 0f));
        }
    }

    private static OnnxValue Keys(OnnxScope scope, IReadOnlyList<string> texts, OnnxValue text) => scope.LabelEncoder(text, texts, [.. Enumerable.Range(1, texts.Count).Select(i => (long)i)]);

    private static string[] TextsOf(DataViewSchema.Column column, string annotation)
    {
        var values = KeyValues.Of(column, annotation) ?? throw new NotSupportedException($"SaveOnnx: the column \"{column.Name}\" must tell its values; it does not. Fit the step on the rows that the network is trained on.");
        return KeyValues.NamesOf(values, values.Count, 0);
    }
}
