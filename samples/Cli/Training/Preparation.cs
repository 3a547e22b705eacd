using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.GradStability;

namespace Samples.Cli;

/// <summary>The transforms that make features of the columns of a file.</summary>
internal static class Preparation
{
    // Scaling is the trainer's affair; what is missing is not.
    private static readonly InputGuardOptions Impute = new() { Standardise = false, ClipDeviations = null };

    /// <summary>Missing numbers become medians; each category becomes a feature, an unknown one none.</summary>
    public static IEstimator<ITransformer> Make(MLContext ml, DataPlan plan, ColumnNames names)
    {
        var chain = new EstimatorChain<ITransformer>();
        if (plan.Numbers.Count > 0)
        {
            chain = chain
                .Append<ITransformer>(ml.Transforms.Concatenate(names.Numbers, [.. plan.Numbers.Select(column => column.Name)]))
                .Append<ITransformer>(ml.Transforms.InputGuard(names.Numbers, options: Impute));
        }

        if (plan.Texts.Count > 0)
        {
            chain = chain.Append<ITransformer>(ml.Transforms.Categorical.OneHotEncoding(
                [.. plan.Texts.Select(column => new InputOutputColumnPair(column.Name))], maximumNumberOfKeys: ColumnProfile.MostDistinct));
        }

        string[] parts = [.. plan.Numbers.Count > 0 ? [names.Numbers] : Array.Empty<string>(), .. plan.Texts.Select(column => column.Name)];
        return chain.Append<ITransformer>(ml.Transforms.Concatenate(names.Features, parts));
    }
}
