using System.Collections.Immutable;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.GradStability;

/// <summary>What score columns take over from a label that is a vector: its dimensions and slot names.</summary>
/// <param name="Dimensions">Each greater than 0.</param>
/// <param name="Names">The slot names; null when it has none.</param>
internal sealed record VectorLabel(ImmutableArray<int> Dimensions, KeyValues? Names)
{
    public int Size => Dimensions.Aggregate(1, (size, dimension) => size * dimension);

    /// <summary>The label of a column; null when it is no vector.</summary>
    public static VectorLabel? Of(DataViewSchema.Column column) =>
        column.Type is VectorDataViewType type ? new(type.Dimensions, KeyValues.Of(column, ScoreAnnotations.SlotNames)) : null;

    /// <summary>A score column with a number, or a truth value, for each of the label's.</summary>
    /// <param name="input">The schema scored.</param>
    /// <param name="taskKind">ML.NET's name of the task.</param>
    /// <param name="name">Name of the column and of its kind.</param>
    /// <param name="type">The type of a value.</param>
    /// <param name="convert">Makes it of a score.</param>
    public ScoreColumn Column<T>(DataViewSchema input, string taskKind, string name, PrimitiveDataViewType type, Func<float, T> convert)
    {
        var annotations = ScoreAnnotations.Start(input, taskKind, name);
        Names?.AddTo(annotations, ScoreAnnotations.SlotNames);
        return new(new(name, new VectorDataViewType(type, Dimensions), annotations.ToAnnotations()), current => Getter(current, convert));
    }

    /// <summary>How messages name some of the places: at most eight.</summary>
    public string Describe(IReadOnlyList<int> places)
    {
        const int most = 8;
        var named = places.Take(most).Select(place => Names?.TextOf(place) ?? FormattableString.Invariant($"{place}"));
        return string.Join(", ", named) + (places.Count > most ? ", …" : string.Empty);
    }

    private static ValueGetter<VBuffer<T>> Getter<T>(CurrentScores current, Func<float, T> convert) => (ref VBuffer<T> value) =>
    {
        var scores = current();
        var editor = VBufferEditor.Create(ref value, scores.Length);
        for (var i = 0; i < scores.Length; i++)
        {
            editor.Values[i] = convert(scores[i]);
        }

        value = editor.Commit();
    };
}
