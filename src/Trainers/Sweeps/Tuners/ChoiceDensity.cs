namespace MLNet.GradStability;

/// <summary>The values of a choice: each as likely as it was often, counted once more than it was there.</summary>
internal sealed class ChoiceDensity : IDensity
{
    private readonly double[] _shares;

    public ChoiceDensity(int count, double[] values)
    {
        _shares = new double[count];
        Array.Fill(_shares, 1.0 / (count + values.Length));
        foreach (var value in values)
        {
            _shares[(int)value] += 1.0 / (count + values.Length);
        }
    }

    public double Draw(Random random)
    {
        var left = random.NextDouble();
        var value = 0;
        while (value < _shares.Length - 1 && left >= _shares[value])
        {
            left -= _shares[value++];
        }

        return value;
    }

    public double Log(double value) => Math.Log(_shares[(int)value]);
}
