using System.Collections.Immutable;

namespace MLNet.GradStability;

/// <summary>
/// Describes how much the rows of each class weigh in a classification loss, for classes of very different size. The loss is the weighted mean Σwl/Σw, w being
/// the weight of the row's class, times that of the row where there is an example weight, as PyTorch's <c>CrossEntropyLoss(weight)</c> takes it.
/// </summary>
/// <remarks>
/// <para>With label smoothing the part of the target that is spread to a class weighs what that class weighs, as in PyTorch; the divisor stays Σw over the true
/// classes. Training and validation loss are both weighted; the metric is not.</para>
/// <para>Multi-label: each value of the label has weights of its own for true and false. The loss of a row is the mean of its values' weighted losses, the
/// weight of a row the mean of theirs.</para>
/// <para>Weights move probabilities: those of rare classes come out higher than these classes are frequent.</para>
/// </remarks>
public abstract record ClassWeights
{
    private protected ClassWeights()
    {
    }

    /// <summary>
    /// n/(K·n_c) for a class of n_c of the n training rows, K being how many classes occur, as scikit-learn's "balanced": all classes weigh alike in sum. Rows with an
    /// example weight count by it. A class that does not occur weighs 1. Multi-label: each value of the label by itself, K = 2.
    /// </summary>
    public static ClassWeights Balanced() => new BalancedClassWeights();

    /// <summary>
    /// A weight for each class by its name: the key's value as text, or its number from 1 where a key has no values; <c>false</c> and <c>true</c> in binary.
    /// Multi-label: the weight of the true values of each slot by its name, or its number from 0; false values weigh 1.
    /// </summary>
    /// <param name="weights">All classes, in any order, each once, with weights that are finite and greater than 0. <c>Fit</c> throws an <see cref="ArgumentException"/>
    /// when they are not those of the label.</param>
    /// <exception cref="ArgumentException">A class comes twice or has no name, or there is none.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A weight is not finite or not greater than 0.</exception>
    public static ClassWeights Of(params (string Class, double Weight)[] weights) =>
        new NamedClassWeights([.. Require.NotNull(weights, NamedClassWeights.Owner, nameof(weights), "Name each class with its weight.").Select(pair => new ClassWeight(pair.Class, pair.Weight))]);

    /// <summary>The weights of the classes of a key or a truth value.</summary>
    /// <param name="classes">The names of all classes, in the order of their numbers.</param>
    /// <param name="rows">How many rows, or what weight of them, each has.</param>
    /// <exception cref="ArgumentException">The classes are not those that have weights.</exception>
    internal abstract ImmutableArray<double> For(IReadOnlyList<string> classes, IReadOnlyList<double> rows);

    /// <summary>The weights of false and true for each slot of a multi-label.</summary>
    /// <param name="slots">The names of all slots.</param>
    /// <param name="rows">How many rows, or what weight of them, each has false and true.</param>
    /// <exception cref="ArgumentException">The slots are not those that have weights.</exception>
    internal abstract (double False, double True)[] ForSlots(IReadOnlyList<string> slots, IReadOnlyList<(double False, double True)> rows);
}
