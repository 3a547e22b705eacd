using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>An initialiser that treats every weight by itself. Derive from it for a rule of your own.</summary>
public abstract record WeightInitializer : Initializer
{
    /// <inheritdoc/>
    public sealed override void Initialize(InitializationScope scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        foreach (var parameter in scope.Parameters)
        {
            if (parameter.Start is { } start)
            {
                start(parameter.Value, scope.Random);
            }
            else if (parameter.IsWeight)
            {
                Fill(parameter, scope.Random);
            }
            else
            {
                parameter.Value.fill_(parameter.IsScale ? 1 : 0);
            }
        }
    }

    /// <summary>Fills one weight in place; gradients are off while it runs.</summary>
    /// <param name="weight">The weight, with two dimensions or more.</param>
    /// <param name="random">The run's own generator.</param>
    protected abstract void Fill(NetworkParameter weight, Generator random);
}
