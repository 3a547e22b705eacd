namespace MLNet.GradStability;

/// <summary>The rungs of asynchronous successive halving, and the numbers of the trials that reached them. Any thread may ask.</summary>
/// <param name="eta">Of so many trials at a rung one goes on.</param>
/// <param name="minEpochs">The epoch of the first rung; each next one has <paramref name="eta"/> times as many.</param>
/// <param name="monitor">The number that they are compared by.</param>
internal sealed class Rungs(int eta, int minEpochs, Monitored monitor)
{
    private readonly object _gate = new();
    private readonly Dictionary<int, List<double>> _losses = [];

    /// <summary>Takes in a trial after an epoch; false when it is not to go on.</summary>
    /// <param name="point">The epoch.</param>
    /// <param name="higherMetricIsBetter">Whether a higher metric is better.</param>
    public bool Reach(TrialEpoch point, bool higherMetricIsBetter) => Reach(point.Epoch, monitor switch
    {
        Monitored.ValidationLoss => point.ValidationLoss,
        _ when higherMetricIsBetter => -point.ValidationMetric,
        _ => point.ValidationMetric,
    });

    /// <summary>Takes in the number of a trial after an epoch; false when it is not to go on.</summary>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <param name="loss">The number, less being better.</param>
    public bool Reach(int epoch, double loss)
    {
        if (!IsRung(epoch))
        {
            return true;
        }

        lock (_gate)
        {
            if (!_losses.TryGetValue(epoch, out var losses))
            {
                _losses[epoch] = losses = [];
            }

            losses.Add(double.IsFinite(loss) ? loss : double.PositiveInfinity);
            var going = Math.Max(1, losses.Count / eta);
            return double.IsFinite(loss) && losses.Count(other => other < loss) < going;
        }
    }

    private bool IsRung(int epoch)
    {
        long rung = minEpochs;
        while (rung < epoch)
        {
            rung *= eta;
        }

        return rung == epoch;
    }
}
