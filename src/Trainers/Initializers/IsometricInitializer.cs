using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="Initializer.Isometric"/>.</summary>
[DescriptionKind("isometric")]
internal sealed record IsometricInitializer : Initializer
{
    // The largest orthogonal matrix that is made: about a second of work.
    private const long LargestOrthogonal = 2048;

    public override void Initialize(InitializationScope scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        new ConstantInitializer(0).Initialize(scope);
        var ends = BranchEnds(scope);
        var before = Predecessors(scope);
        foreach (var weight in scope.Parameters.Where(parameter => parameter is { IsWeight: true, Start: null } && !ends.Contains(parameter.Layer)))
        {
            using var tensors = NewDisposeScope();
            Fill(weight, before(weight), scope.Random);
        }
    }

    private static void Fill(NetworkParameter weight, Predecessor before, Generator random)
    {
        if (weight.Value.dim() > 2)
        {
            OrthogonalInitializer.FillWeight(weight, null, random);
            return;
        }

        var (outputs, inputs) = (weight.Value.shape[0], weight.Value.shape[1]);
        var pairedIn = before.Weight is { } source && IsPaired(source) && source.Value.shape[0] == inputs;
        var pairedOut = IsPaired(weight);
        var matrix = Matrix(pairedOut ? outputs / 2 : outputs, pairedIn ? inputs / 2 : inputs, weight.Value, random);
        matrix = pairedIn ? Paired(matrix, 1) : matrix;
        matrix = pairedOut ? Paired(matrix, 0) : matrix;
        weight.Value.narrow(0, 0, matrix.shape[0]).narrow(1, 0, matrix.shape[1]).copy_(matrix);
        if (matrix.shape[0] < outputs)
        {
            weight.Value.narrow(0, outputs - 1, 1).copy_(Draw.Orthonormal(1, inputs, weight.Value, random));
        }

        weight.Value.mul_(Gain(weight, pairedIn || before.IsStart));
    }

    /// <summary>Each row (or column) r becomes two, r and −r, next to one another, so that a normalisation of groups does not part them.</summary>
    private static Tensor Paired(Tensor matrix, int dimension) => stack([matrix, -matrix], dimension + 1).flatten(dimension, dimension + 1);

    private static Tensor Matrix(long rows, long columns, Tensor like, Generator random) =>
        Math.Min(rows, columns) <= LargestOrthogonal
            ? Draw.Orthonormal(rows, columns, like, random)
            : empty([rows, columns], like.dtype, like.device).normal_(0, 1 / Math.Sqrt(columns), random);

    private static bool IsPaired(NetworkParameter weight) =>
        weight is { Activation.WantsPairs: true } && weight.Value.dim() == 2 && weight.Value.shape[0] >= 2;

    /// <summary>1 behind the output layer. Inputs that come from activations but not in pairs lose by them what <see cref="Activation.Gain"/> makes up for.</summary>
    private static double Gain(NetworkParameter weight, bool isIsometric) => weight.Activation switch
    {
        null => 1,
        { WantsPairs: true } activation when !isIsometric => activation.Gain,
        var activation => activation.IsometricGain,
    };

    /// <summary>For a weight, the one just in front of it in the network; none when this rule does not fill that.</summary>
    private static Func<NetworkParameter, Predecessor> Predecessors(InitializationScope scope)
    {
        var mine = scope.Parameters.ToDictionary(parameter => parameter.Name);
        var order = scope.Network.named_parameters().Where(named => named.parameter.dim() > 1).Select(named => named.name).ToList();
        var previous = order.Skip(1).Zip(order).ToDictionary(pair => pair.First, pair => pair.Second);
        return weight => previous.TryGetValue(weight.Name, out var name) ? new(mine.GetValueOrDefault(name), IsStart: false) : new(null, IsStart: true);
    }

    /// <summary>The last layer of each residual branch: at 0 the branch adds nothing. A spectrally normalised one cannot be 0.</summary>
    private static HashSet<string> BranchEnds(InitializationScope scope) =>
        scope.Network is IResidualNetwork network && !scope.Network.modules().Any(module => module is SpectralNormalizedLinear)
            ? [.. network.Branches.Select(branch => branch[^1])]
            : [];

    private readonly record struct Predecessor(NetworkParameter? Weight, bool IsStart);
}
