using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.GradStability;

/// <summary>Reads scored rows once: what they are labelled with, and what was predicted.</summary>
/// <param name="rows">The rows.</param>
/// <param name="name">What they are called.</param>
/// <param name="label">The label column.</param>
internal sealed class ScoredRows(IDataView rows, string name, string label)
{
    private const string Owner = "TrainingReport.WithEvaluation";

    /// <exception cref="ArgumentException">A column is missing, or label and score do not go together.</exception>
    public EvaluationSection Read()
    {
        var (labels, scores) = (Find(label), Find("Score"));
        return (labels.Type, scores.Type) switch
        {
            (KeyDataViewType key, VectorDataViewType { ItemType: NumberDataViewType } vector) when key.RawType == typeof(uint) && (int)key.Count == vector.Size => Multiclass(labels, scores, vector.Size),
            (BooleanDataViewType, NumberDataViewType) => Binary(labels, scores),
            (VectorDataViewType { ItemType: BooleanDataViewType }, VectorDataViewType { ItemType: NumberDataViewType }) => MultiLabel(labels, scores),
            (NumberDataViewType type, NumberDataViewType) when type == NumberDataViewType.Single => Regression(labels, scores),
            (VectorDataViewType { ItemType: NumberDataViewType item }, VectorDataViewType { ItemType: NumberDataViewType }) when item == NumberDataViewType.Single => MultiOutput(labels, scores),
            _ => throw new ArgumentException(
                $"{Owner}: the label column \"{label}\" must be a key of as many values as Score has numbers, Boolean, or Single, or a vector of the latter two beside a vector of scores; it is {labels.Type} beside {scores.Type}. Give what model.Transform(data) returns, and name the label that the trainer learned."),
        };
    }

    private EvaluationSection Multiclass(DataViewSchema.Column labels, DataViewSchema.Column scores, int classes)
    {
        var names = TrainingData.Names(KeyValues.Of(labels));
        var section = new MulticlassEvaluation(name, [.. Enumerable.Range(0, classes).Select(i => i < names.Count ? names[i] : FormattableString.Invariant($"{i + 1}"))]);
        using var cursor = rows.GetRowCursor([labels, scores]);
        var (actual, predicted) = (cursor.GetGetter<uint>(labels), Vector<float>(cursor, scores));
        uint key = 0;
        while (cursor.MoveNext())
        {
            actual(ref key);
            section.Add((long)key - 1, predicted());
        }

        return section;
    }

    private EvaluationSection Binary(DataViewSchema.Column labels, DataViewSchema.Column scores)
    {
        var section = new BinaryEvaluation(name, "rows");
        var probabilities = rows.Schema.GetColumnOrNull("Probability");
        using var cursor = rows.GetRowCursor(probabilities is { } there ? [labels, scores, there] : [labels, scores]);
        var (actual, score) = (cursor.GetGetter<bool>(labels), cursor.GetGetter<float>(scores));
        var chance = probabilities is { } column ? cursor.GetGetter<float>(column) : (ref float value) => value = float.NaN;
        var (truth, odds, probability) = (false, 0f, 0f);
        while (cursor.MoveNext())
        {
            actual(ref truth);
            score(ref odds);
            chance(ref probability);
            section.Add(truth, odds, probability);
        }

        return section;
    }

    private EvaluationSection MultiLabel(DataViewSchema.Column labels, DataViewSchema.Column scores)
    {
        var section = new BinaryEvaluation(name, "values");
        using var cursor = rows.GetRowCursor([labels, scores]);
        var (actual, score) = (Vector<bool>(cursor, labels), Vector<float>(cursor, scores));
        while (cursor.MoveNext())
        {
            var (truths, odds) = (actual(), score());
            for (var i = 0; i < truths.Length; i++)
            {
                section.Add(truths[i], odds[i], (float)(1 / (1 + Math.Exp(-odds[i]))));
            }
        }

        return section;
    }

    private EvaluationSection Regression(DataViewSchema.Column labels, DataViewSchema.Column scores)
    {
        var section = new RegressionEvaluation(name, "rows");
        using var cursor = rows.GetRowCursor([labels, scores]);
        var (actual, predicted) = (cursor.GetGetter<float>(labels), cursor.GetGetter<float>(scores));
        var (truth, score) = (0f, 0f);
        while (cursor.MoveNext())
        {
            actual(ref truth);
            predicted(ref score);
            section.Add(truth, score);
        }

        return section;
    }

    private EvaluationSection MultiOutput(DataViewSchema.Column labels, DataViewSchema.Column scores)
    {
        var section = new RegressionEvaluation(name, "numbers");
        using var cursor = rows.GetRowCursor([labels, scores]);
        var (actual, predicted) = (Vector<float>(cursor, labels), Vector<float>(cursor, scores));
        while (cursor.MoveNext())
        {
            var (truths, guesses) = (actual(), predicted());
            for (var i = 0; i < truths.Length; i++)
            {
                section.Add(truths[i], guesses[i]);
            }
        }

        return section;
    }

    private static Func<T[]> Vector<T>(DataViewRowCursor cursor, DataViewSchema.Column column)
    {
        var getter = cursor.GetGetter<VBuffer<T>>(column);
        VBuffer<T> value = default;
        return () =>
        {
            getter(ref value);
            return [.. value.DenseValues()];
        };
    }

    private DataViewSchema.Column Find(string column) => rows.Schema.GetColumnOrNull(column)
        ?? throw new ArgumentException($"{Owner}: the rows must have a column \"{column}\"; they have {string.Join(", ", rows.Schema.Select(each => each.Name))}. Give what model.Transform(data) returns, and name its label column.");
}
