namespace Microsoft.ML.Data;

/// <summary>Areas under the curves of a binary ranking, as ML.NET defines them.</summary>
internal static class RankingCurves
{
    /// <summary>P(positive scored above negative), a tie counting one half.</summary>
    public static double AreaUnderRoc(List<float> positives, List<float> negatives)
    {
        if (positives.Count == 0)
            throw new ArgumentOutOfRangeException("PosSample", "AUC is not defined when there is no positive class in the data");
        if (negatives.Count == 0)
            throw new ArgumentOutOfRangeException("NegSample", "AUC is not defined when there is no negative class in the data");

        float[] ascending = [.. positives.Order()];
        double won = 0;
        int below = 0, upTo = 0;
        foreach (float negative in negatives.Order())
        {
            while (below < ascending.Length && ascending[below] < negative)
                below++;
            upTo = Math.Max(upTo, below);
            while (upTo < ascending.Length && ascending[upTo] == negative)
                upTo++;
            won += ascending.Length - upTo + 0.5 * (upTo - below);
        }
        return won / ((double)positives.Count * negatives.Count);
    }

    /// <summary>
    /// The "lower trapezoid" estimator of Boyd, Eng and Page (2013). Equal scores are taken in the order of the rows.
    /// </summary>
    public static double AreaUnderPrecisionRecall(List<(float Score, bool Positive)> sample)
    {
        int positives = sample.Count(s => s.Positive);
        int truePositives = 0, falsePositives = 0;
        double area = 0, lastRecall = 0, lastPrecision = 1;
        foreach (var (_, positive) in sample.OrderByDescending(s => s.Score))
        {
            if (!positive)
            {
                falsePositives++;
                lastPrecision = (double)truePositives / (truePositives + falsePositives);
                continue;
            }
            truePositives++;
            double recall = (double)truePositives / positives;
            double precision = (double)truePositives / (truePositives + falsePositives);
            area += (recall - lastRecall) * (lastPrecision + precision) / 2;
            (lastPrecision, lastRecall) = (precision, recall);
        }
        return area;
    }
}
