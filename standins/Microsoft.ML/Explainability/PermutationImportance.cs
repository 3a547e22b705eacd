using System.Collections.Immutable;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Measures what metrics change when one slot of the features is shuffled between the rows.</summary>
internal sealed class PermutationImportance<TModel, TMetrics, TStatistics>(
    IHostEnvironment env, ISingleFeaturePredictionTransformer<TModel> model, Func<IDataView, TMetrics> evaluate,
    Func<TStatistics> newStatistics)
    where TModel : class
    where TStatistics : IMetricsStatistics<TMetrics>
{
    public ImmutableArray<TStatistics> Measure(IDataView data, int? examples, int permutations)
    {
        var host = env.Register("PermutationFeatureImportance");
        Contracts.CheckValue(model, "model");
        Contracts.CheckValue(data, nameof(data));
        Contracts.Check(examples is null or > 0, "Provide how many examples to use (positive number) or set to null to use whole dataset.");
        using var channel = host.Start("GetImportanceMetrics");

        var baseline = evaluate(model.Transform(data));
        var features = data.Schema[model.FeatureColumnName];
        var result = ImmutableArray.CreateBuilder<TStatistics>();
        var random = new TauswortheHybrid((uint)host.Rand.Next());
        for (int slot = 0; slot < features.Type.GetValueCount(); slot++)
        {
            float[] values = SlotValues(data, features, slot, examples ?? int.MaxValue);
            if (values.Length == 0)
            {
                channel.Warning(MessageSensitivity.None, "Detected no examples for evaluation.");
                return [];
            }
            var statistics = newStatistics();
            for (int i = 0; i < permutations; i++)
            {
                Shuffle(random, values);
                statistics.Add(evaluate(model.Transform(Exchange(data, features, slot, values))), baseline);
            }
            result.Add(statistics);
        }
        return result.ToImmutable();
    }

    private static float[] SlotValues(IDataView data, DataViewSchema.Column features, int slot, int limit)
    {
        using var cursor = data.GetRowCursor([features]);
        var getter = cursor.GetGetter<VBuffer<float>>(features);
        VBuffer<float> row = default;
        var values = new List<float>();
        while (values.Count < limit && cursor.MoveNext())
        {
            getter(ref row);
            values.Add(row.GetItemOrDefault(slot));
        }
        return [.. values];
    }

    /// <summary>The first rows, one slot of their features exchanged for the given values in the order of the rows.</summary>
    private static MappedDataView Exchange(IDataView data, DataViewSchema.Column features, int slot, float[] values) => new(
        new SkipTakeView(data, 0, values.Length),
        new(new ColumnwiseMapping(data.Schema, [new(new(features.Name, features.Type), [features.Index], row =>
        {
            var getter = row.GetGetter<VBuffer<float>>(features);
            VBuffer<float> src = default;
            return (ValueGetter<VBuffer<float>>)((ref VBuffer<float> dst) =>
            {
                getter(ref src);
                src.CopyToDense(ref dst);
                VBufferEditor.CreateFromBuffer(ref dst).Values[slot] = values[row.Position];
            });
        })])));

    private static void Shuffle(Random random, float[] values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            int other = i + random.Next(values.Length - i);
            (values[i], values[other]) = (values[other], values[i]);
        }
    }
}
