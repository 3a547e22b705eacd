namespace MLNet.GradStability;

/// <summary>
/// A Halton sequence of which each digit passes through a random permutation of its own (Owen 2017, arXiv:1706.02808): among the first bᵏ points of a
/// coordinate with base b each interval of length b⁻ᵏ has one.
/// </summary>
internal sealed class HaltonSequence
{
    // Digits beyond do not change a double.
    private const double Finest = 1.0 / (1L << 52);
    private readonly int[][][] _permutations;
    private long _index;

    public HaltonSequence(int dimensions, int seed)
    {
        var random = new Random(seed);
        _permutations = [.. Primes().Take(dimensions).Select(prime => Permutations(prime, random))];
    }

    /// <summary>The next point, each coordinate from 0 to below 1.</summary>
    public double[] Next()
    {
        var point = Array.ConvertAll(_permutations, digits => At(digits, _index));
        _index++;
        return point;
    }

    private static double At(int[][] permutations, long index)
    {
        var (value, unit, radix) = (0.0, 1.0, permutations[0].Length);
        foreach (var permutation in permutations)
        {
            unit /= radix;
            value += unit * permutation[(int)(index % radix)];
            index /= radix;
        }

        return Math.Min(value, 1 - Finest);
    }

    private static int[][] Permutations(int prime, Random random)
    {
        var permutations = new List<int[]>();
        for (var unit = 1.0; unit > Finest; unit /= prime)
        {
            var digits = Enumerable.Range(0, prime).ToArray();
            random.Shuffle(digits);
            permutations.Add(digits);
        }

        return [.. permutations];
    }

    private static IEnumerable<int> Primes()
    {
        List<int> found = [];
        for (var candidate = 2; ; candidate++)
        {
            if (found.TrueForAll(prime => candidate % prime != 0))
            {
                found.Add(candidate);
                yield return candidate;
            }
        }
    }
}
