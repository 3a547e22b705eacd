using Microsoft.ML;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>The network of a trial that failed: it does not look at the features, and answers as badly as any honest one could, in finite numbers.</summary>
internal static class BadNetwork
{
    // Log-odds: a probability of 0.7 % for what is usual.
    private const double Confidence = 5;
    private const double Deviations = 10;

    /// <summary>Options that train such a network on the same rows. What concerns rows and task stays, so that an error about these comes up again.</summary>
    public static NeuralNetworkOptions Options(NeuralNetworkOptions trial)
    {
        var safe = new NeuralNetworkOptions();
        return trial with
        {
            Network = Network.Mlp([]),
            Initializer = safe.Initializer,
            CategoricalEmbedding = safe.CategoricalEmbedding,
            StartFrom = null,
            Augmentation = null,
            Gradients = safe.Gradients,
            Regularizer = null,
            Constraint = null,
            Optimizer = safe.Optimizer,
            Averaging = null,
            Stability = safe.Stability,
            Epochs = 1,
            AccumulationSteps = 1,
            DiagnosisEvery = null,
            EarlyStopping = null,
            Progress = null,
            Callbacks = [new Spoiler()],
        };
    }

    /// <summary>Whether each score of each row is a number.</summary>
    public static bool ScoresAreFinite(NeuralNetworkTransformer model, IDataView rows)
    {
        var scored = model.Transform(rows);
        var column = scored.Schema["Score"];
        using var cursor = scored.GetRowCursor([column]);
        var read = ColumnNumbers.Singles(cursor, column);
        var scores = new float[model.Model.OutputSize];
        while (cursor.MoveNext())
        {
            read(scores);
            if (!Array.TrueForAll(scores, float.IsFinite))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Counts targets in the one epoch, and then writes the bad answer into the bias of the last layer. It has no JSON form, as it is part of no model.</summary>
    private sealed record Spoiler : Callback
    {
        public override BoundCallback Bind(CallbackScope scope) => new Bound(scope);

        private sealed class Bound(CallbackScope scope) : BoundCallback
        {
            private readonly Parameter _answer = scope.Network.named_parameters().Single(named => named.name.EndsWith("output.bias", StringComparison.Ordinal)).parameter;
            private double[]? _counts;
            private long _rows;
            private bool _classes;

            public override void StepStarting(RunControl run, StepRows rows)
            {
                using var inner = NewDisposeScope();
                var targets = rows.Targets;
                _rows += targets.shape[0];
                _classes = targets.dtype == ScalarType.Int64;
                var counts = _classes ? targets.bincount(null, _answer.numel()) : targets.view(targets.shape[0], -1).sum(0);
                var values = counts.to(ScalarType.Float64).cpu().data<double>().ToArray();
                _counts = _counts is null ? values : [.. _counts.Zip(values, (before, now) => before + now)];
            }

            public override void TrainingEnded(TrainingResult result)
            {
                foreach (var parameter in scope.Network.parameters())
                {
                    parameter.zero_();
                }

                using var inner = NewDisposeScope();
                _answer.copy_(tensor(Answer(_counts!)));
            }

            private double[] Answer(double[] counts) => !scope.HigherMetricIsBetter
                ? [.. counts.Select(_ => Deviations)]
                : _classes
                    ? [.. counts.Select((_, place) => place == Array.IndexOf(counts, counts.Min()) ? Confidence : 0)]
                    : [.. counts.Select(count => count < _rows / 2.0 ? Confidence : -Confidence)];
        }
    }
}
