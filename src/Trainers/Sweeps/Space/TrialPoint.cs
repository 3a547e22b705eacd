namespace MLNet.GradStability;

/// <summary>A place in a space: the value of each parameter in order, null where it does not count.</summary>
internal sealed class TrialPoint(IReadOnlyList<double?> values) : IEquatable<TrialPoint>
{
    public IReadOnlyList<double?> Values { get; } = values;

    public double? this[int parameter] => Values[parameter];

    /// <summary>Takes the value of each parameter that counts, a choice before what depends on it.</summary>
    public static TrialPoint Of(IReadOnlyList<SweepParameter> parameters, Func<int, double> choose)
    {
        var values = new double?[parameters.Count];
        for (var i = 0; i < values.Length; i++)
        {
            var parameter = parameters[i];
            if (parameter.Parent is not { } parent || values[parent] == parameter.ParentValue)
            {
                values[i] = choose(i);
            }
        }

        return new TrialPoint(values);
    }

    public bool Equals(TrialPoint? other) => other is not null && Values.SequenceEqual(other.Values);

    public override bool Equals(object? obj) => Equals(obj as TrialPoint);

    public override int GetHashCode() => Values.Aggregate(0, HashCode.Combine);
}
