using System.Collections.Immutable;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Measures how much a model depends on each slot: how its metrics change when the slot's values change rows.</summary>
/// <remarks>L. Breiman, "Random Forests", Machine Learning 45 (2001), section 10.</remarks>
/// <param name="env">Its random numbers decide the permutations.</param>
/// <param name="evaluate">Computes the metrics of scored rows.</param>
/// <param name="makeStatistics">Makes what collects the differences of one slot.</param>
/// <param name="numberOfExamplesToUse">
/// How many rows are permuted, null for all. The others still count in the metrics that those of the permuted rows are compared with.
/// </param>
/// <param name="permutationCount">How often each slot is permuted.</param>
internal sealed class FeaturePermutation<TMetrics, TStatistics>(
    IHostEnvironment env,
    Func<IDataView, TMetrics> evaluate,
    Func<TStatistics> makeStatistics,
    int? numberOfExamplesToUse,
    int permutationCount)
    where TStatistics : IMetricsStatistics<TMetrics>
{
    /// <summary>The statistics of each slot; none when there is no slot or no row.</summary>
    public ImmutableArray<TStatistics> Measure(ITransformer model, string featureColumnName, IDataView data)
    {
        var host = env.Register(nameof(PermutationFeatureImportanceExtensions.PermutationFeatureImportance));
        host.CheckValue(model, nameof(model));
        host.CheckValue(data, nameof(data));
        Contracts.CheckNonEmpty(host, featureColumnName, "features");
        int limit = numberOfExamplesToUse ?? Array.MaxLength;
        host.Check(limit > 0, "Provide how many examples to use (positive number) or set to null to use whole dataset.");
        using var channel = host.Start("GetImportanceMetrics");
        channel.Trace("Scoring and evaluating baseline.");
        TMetrics original = evaluate(model.Transform(data));
        var features = data.Schema[featureColumnName];
        int slotCount = features.Type.GetVectorSize();
        channel.Info($"Number of slots: {slotCount}");
        if (slotCount == 0)
        {
            channel.Warning("All features have 0 weight thus can not do thorough evaluation");
            return [];
        }

        float[] values = ReadFirstSlot(data, features, limit);
        if (values.Length == 0)
        {
            channel.Warning("Detected no examples for evaluation.");
            return [];
        }

        channel.Info($"Detected {values.Length} examples for evaluation.");
        var random = new TauswortheHybrid((uint)host.Rand.Next());
        var statistics = ImmutableArray.CreateBuilder<TStatistics>(slotCount);
        for (int slot = 0; slot < slotCount; slot++)
        {
            host.CheckAlive();
            TStatistics slotStatistics = makeStatistics();
            float[] next = new float[values.Length];
            for (int i = 0; i < permutationCount; i++)
            {
                Shuffle(random, values);
                // The next slot's values are collected on the way, which saves a pass over the data.
                var observe = slot + 1 < slotCount ? CollectSlot(slot + 1, next) : null;
                IDataView permuted = new PermutedView(data, features, slot, values, observe);
                if (values.Length == limit)
                    permuted = new SkipTakeView(host, permuted, skip: 0, take: limit);
                slotStatistics.Add(evaluate(model.Transform(permuted)), original);
            }

            statistics.Add(slotStatistics);
            values = next;
        }

        return statistics.MoveToImmutable();
    }

    private static float[] ReadFirstSlot(IDataView data, DataViewSchema.Column features, int limit)
    {
        var values = new List<float>();
        using var cursor = data.GetRowCursor([features]);
        var getter = cursor.GetGetter<VBuffer<float>>(features);
        VBuffer<float> row = default;
        while (values.Count < limit && cursor.MoveNext())
        {
            getter(ref row);
            values.Add(row.GetItemOrDefault(0));
        }

        return [.. values];
    }

    private static Action<int, VBuffer<float>> CollectSlot(int slot, float[] values)
        => (row, features) => values[row] = features.GetItemOrDefault(slot);

    /// <summary>Fisher and Yates, from the front: each place gets one of the values that have none yet.</summary>
    private static void Shuffle(Random random, float[] values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            int other = i + random.Next(values.Length - i);
            (values[i], values[other]) = (values[other], values[i]);
        }
    }
}
