using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.MLNet;

namespace Mlp.Benchmarks;

/// <summary>From an IDataView into the engine.</summary>
internal static class ReadingMeasurements
{
    private const double ReadingBar = 3, StatisticsBar = 1;

    /// <param name="rowCount">Rows of the table.</param>
    /// <param name="rounds">Runs of each.</param>
    public static IEnumerable<MLNetResult> Run(int rowCount, int rounds)
    {
        var ml = new MLContext(seed: 1);
        IDataView objects = ml.Data.LoadFromEnumerable<TableRow>([.. TableRow.Create(rowCount)]);
        return Measure(ml, objects, "objects", rounds).Concat(Measure(ml, ml.Data.Cache(objects), "cached", rounds));
    }

    private static IEnumerable<MLNetResult> Measure(MLContext ml, IDataView data, string kind, int rounds)
    {
        TrainingRows? rows = null;
        Durations[] seconds = Timing.Run(
            rounds, () => Loop(data), () => rows = Read(ml, data), () => FeatureScaling<float>.Standardize(rows!.Features));
        string table = $"{rows!.RowCount:N0} x {TableRow.FeatureCount}, {kind}";
        double loop = 1e3 * seconds[0].Median, fastest = 1e3 * seconds[0].Fastest;
        yield return new(
            $"reading {table}", 1e3 * seconds[1].Median, "ms", "plain cursor loop", loop, ReadingBar * loop, $"{ReadingBar} x the loop");
        // The first touch of fresh memory, which the loop needs none of, costs what system and host make of it.
        yield return new(
            $"reading {table}, fastest round", 1e3 * seconds[1].Fastest, "ms", "plain cursor loop", fastest, ReadingBar * fastest, $"{ReadingBar} x the loop");
        yield return new(
            $"normalisation statistics {table}", 1e3 * seconds[2].Median, "ms", "plain cursor loop", loop, StatisticsBar * loop, $"{StatisticsBar} x the loop");
    }

    /// <summary>What anybody has to do who reads the table at all.</summary>
    private static void Loop(IDataView data)
    {
        DataViewSchema.Column features = data.Schema["Features"], label = data.Schema["Label"];
        using DataViewRowCursor cursor = data.GetRowCursor([features, label]);
        ValueGetter<VBuffer<float>> getFeatures = cursor.GetGetter<VBuffer<float>>(features);
        ValueGetter<bool> getLabel = cursor.GetGetter<bool>(label);
        VBuffer<float> vector = default;
        bool flag = false;
        while (cursor.MoveNext())
        {
            getFeatures(ref vector);
            getLabel(ref flag);
        }
    }

    private static TrainingRows Read(MLContext ml, IDataView data)
    {
        var columns = new TrainingColumns(data.Schema["Features"], TableRow.FeatureCount, data.Schema["Label"], ExampleWeight: null);
        return FeatureReader.Read(data, columns, (row, label) => new BinaryLabelReader(row, label), () => MLNetInternals.CheckAlive(ml));
    }
}
