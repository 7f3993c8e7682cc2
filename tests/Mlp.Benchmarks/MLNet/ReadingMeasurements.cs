using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.Data;
using Mlp.MLNet.Interop;
using Mlp.MLNet.Reading;
using Mlp.MLNet.Tasks.Binary;

namespace Mlp.Benchmarks;

/// <summary>From an IDataView into the engine.</summary>
internal static class ReadingMeasurements
{
    private const double ReadingBar = 3, StatisticsBar = 1;

    // All at the same time, as rows are.
    private static readonly List<float[]> TouchedBlocks = [];

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
        double[] seconds = Timing.Run(
            rounds,
            () => Loop(data),
            () => rows = Read(ml, data),
            () => FeatureScaling<float>.Standardize(rows!.Features.Numbers!),
            () => Touch(rows!.RowCount * (long)TableRow.FeatureCount));
        string table = $"{rows!.RowCount:N0} x {TableRow.FeatureCount}, {kind}";
        double loop = 1e3 * seconds[0];
        yield return new(
            $"reading {table}", 1e3 * seconds[1], "ms", "plain cursor loop", loop, ReadingBar * loop, $"{ReadingBar} x the loop");
        yield return new(
            $"of that, new memory for {table}", 1e3 * seconds[3], "ms", "plain cursor loop", loop, Bar: null,
            "what the system asks for it");
        yield return new(
            $"normalisation statistics {table}", 1e3 * seconds[2], "ms", "plain cursor loop", loop, StatisticsBar * loop,
            $"{StatisticsBar} x the loop");
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

    /// <summary>Asks the system for as much new memory, and does nothing with it but write once to every page.</summary>
    private static void Touch(long valueCount)
    {
        const int BlockLength = 1 << 22, PageLength = 1024;
        for (long start = 0; start < valueCount; start += BlockLength)
        {
            float[] block = GC.AllocateUninitializedArray<float>((int)Math.Min(BlockLength, valueCount - start));
            for (int index = 0; index < block.Length; index += PageLength)
                block[index] = 1;
            TouchedBlocks.Add(block);
        }
        TouchedBlocks.Clear();
    }

    private static TrainingRows Read(MLContext ml, IDataView data)
    {
        var columns = new TrainingColumns(data.Schema["Features"], TableRow.FeatureCount, data.Schema["Label"], ExampleWeight: null);
        return FeatureReader.Read(
            data, columns, new FeatureTableBuilder<float>(TableRow.FeatureCount, [], [], data.GetRowCount()), learnsMissing: true,
            (row, label) => new BinaryLabelReader(row, label), () => MLNetInternals.CheckAlive(ml));
    }
}
