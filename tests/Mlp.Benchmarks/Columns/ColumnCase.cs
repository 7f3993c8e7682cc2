using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.MLNet;

namespace Mlp.Benchmarks.Columns;

/// <summary>Rows as people have them, made up, and a trainer that is fitted to them once in a process of its own.</summary>
/// <param name="Name">Of the rows, and the trainer's.</param>
/// <param name="CreateRows">Makes rows to train on, with Label and Features, and others of the same kind.</param>
/// <param name="Trainer">"fast", "default" or "sdca".</param>
internal sealed record ColumnCase(string Name, Func<MLContext, (IDataView Training, IDataView Others)> CreateRows, string Trainer)
{
    private const int OtherCount = 5_000, PredictionCount = 5_000, WarmUpCount = 3_000;

    public static IReadOnlyList<ColumnCase> All { get; } =
    [
        Wide(20_000, slotCount: 20_000, usedCount: 20_000, entryCount: 50, "sdca", hasWords: true),
        Wide(20_000, slotCount: 20_000, usedCount: 20_000, entryCount: 50, "fast", hasWords: true),
        Wide(20_000, slotCount: 20_000, usedCount: 20_000, entryCount: 50, "sdca"),
        Wide(20_000, slotCount: 20_000, usedCount: 20_000, entryCount: 50, "fast"),
        Wide(20_000, slotCount: 10_000, usedCount: 10_000, entryCount: 50, "fast"),
        Wide(20_000, slotCount: 100_000, usedCount: 10_000, entryCount: 50, "fast"),
        Wide(20_000, slotCount: 1_000_000, usedCount: 10_000, entryCount: 50, "fast"),
        Wide(2_000, slotCount: 100_000, usedCount: 100_000, entryCount: 100, "fast"),
        new("100,000 texts through FeaturizeText", ml => Texts(ml, 100_000), "fast"),
        new("10,220 rows of 20 numbers", ml => Table(ml, hasCategories: false), "default"),
        new("10,220 rows of 14 numbers and 6 categories", ml => Table(ml, hasCategories: true), "default"),
    ];

    public string FullName => $"{Name}, {Trainer}";

    /// <summary>Fits, and prints processor seconds, megabytes beyond those of before, AUC of rows that were not trained on, and
    /// microseconds a prediction.</summary>
    public void Run()
    {
        var ml = new MLContext(seed: 1);
        (IDataView rows, IDataView others) = CreateRows(ml);
        long before = OwnMemory();
        TimeSpan used = Environment.CpuUsage.TotalTime;
        ITransformer model = CreateTrainer(ml).Fit(rows);
        double seconds = (Environment.CpuUsage.TotalTime - used).TotalSeconds;
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        double megabytes = (process.PeakWorkingSet64 - before) / 1e6;
        bool isBinary = rows.Schema["Label"].Type is BooleanDataViewType;
        double auc = isBinary ? ml.BinaryClassification.EvaluateNonCalibrated(model.Transform(others)).AreaUnderRocCurve : double.NaN;
        Console.Write(string.Create(CultureInfo.InvariantCulture, $"{seconds:R} {megabytes:R} {auc:R} {Microseconds(ml, model, rows):R}"));
    }

    private IEstimator<ITransformer> CreateTrainer(MLContext ml) => Trainer switch
    {
        "sdca" => ml.BinaryClassification.Trainers.SdcaLogisticRegression(),
        "fast" => ml.BinaryClassification.Trainers.Mlp(new MlpBinaryTrainer.Options(MlpPreset.Fast) { NumberOfEpochs = 1, Seed = 1 }),
        _ => ml.Regression.Trainers.Mlp(new MlpRegressionTrainer.Options { Seed = 1 }),
    };

    /// <summary>One row after the other, as a service asks; rows in memory before.</summary>
    private static double Microseconds(MLContext ml, ITransformer model, IDataView rows)
    {
        // Copies: a cursor fills the same vector again.
        Row[] some = [.. rows.GetColumn<VBuffer<float>>("Features").Take(PredictionCount).Select(features => new Row
        {
            Features = features.IsDense ? new VBuffer<float>(features.Length, features.GetValues().ToArray())
                : new VBuffer<float>(
                    features.Length, features.GetValues().Length, features.GetValues().ToArray(), features.GetIndices().ToArray()),
        })];
        PredictionEngine<Row, Prediction> engine = ml.Model.CreatePredictionEngine<Row, Prediction>(
            model, inputSchemaDefinition: Schema(some[0].Features.Length));
        for (int index = 0; index < WarmUpCount; index++)
            engine.Predict(some[index % some.Length]);
        TimeSpan used = Environment.CpuUsage.TotalTime;
        for (int index = 0; index < PredictionCount; index++)
            engine.Predict(some[index % some.Length]);
        return (Environment.CpuUsage.TotalTime - used).TotalMicroseconds / PredictionCount;
    }

    private static long OwnMemory()
    {
        GC.Collect();
        return Environment.WorkingSet;
    }

    private static ColumnCase Wide(
        int rowCount, int slotCount, int usedCount, int entryCount, string trainer, bool hasWords = false) => new(
        $"{rowCount:N0} rows x {slotCount:N0} slots of which {usedCount:N0} occur, {entryCount} a row{(hasWords ? ", words" : "")}",
        ml =>
        {
            Row[] rows = WideRows(rowCount + OtherCount, slotCount, usedCount, entryCount, hasWords);
            return (Load(rows[..rowCount]), Load(rows[rowCount..]));

            IDataView Load(Row[] some) => ml.Data.LoadFromEnumerable(some, Schema(slotCount));
        },
        trainer);

    /// <summary>As words are, some slots are frequent and most are rare, and all say something; otherwise all are as frequent, and a
    /// fifth says something.</summary>
    private static Row[] WideRows(int rowCount, int slotCount, int usedCount, int entryCount, bool hasWords)
    {
        var random = new Random(1);
        double[] weights = [.. Enumerable.Range(0, usedCount).Select(
            _ => hasWords || random.Next(5) == 0 ? 2 * random.NextDouble() - 1 : 0)];
        float[] values = [.. Enumerable.Repeat((float)(1 / Math.Sqrt(entryCount)), entryCount)];
        var used = new SortedSet<int>();
        return [.. Enumerable.Range(0, rowCount).Select(_ =>
        {
            used.Clear();
            while (used.Count < entryCount)
                used.Add(hasWords ? (int)(usedCount * Math.Pow(random.NextDouble(), 3)) : random.Next(usedCount));
            double sum = used.Sum(index => weights[index]) + random.NextDouble() / 2 - 0.25;
            int[] slots = [.. used.Select(index => index * (slotCount / usedCount))];
            return new Row { Label = sum > 0, Features = new VBuffer<float>(slotCount, entryCount, values, slots) };
        })];
    }

    private static (IDataView Training, IDataView Others) Texts(MLContext ml, int rowCount)
    {
        var random = new Random(1);
        Message[] messages = [.. Enumerable.Range(0, rowCount + OtherCount).Select(_ =>
        {
            int[] words = [.. Enumerable.Range(0, 12).Select(_ => (int)Math.Exp(9 * random.NextDouble()))];
            string text = string.Join(' ', words.Select(word => $"word{word}"));
            return new Message { Label = words.Sum(word => word % 7 - 3) > 0, Text = text };
        })];
        IDataView rows = ml.Data.LoadFromEnumerable(messages[..rowCount]);
        ITransformer featurizer = ml.Transforms.Text.FeaturizeText("Features", nameof(Message.Text)).Fit(rows);
        return (featurizer.Transform(rows), featurizer.Transform(ml.Data.LoadFromEnumerable(messages[rowCount..])));
    }

    /// <summary>As many columns and values as melbourne of shared/data/mixed has.</summary>
    private static (IDataView Training, IDataView Others) Table(MLContext ml, bool hasCategories)
    {
        const int RowCount = 10_220;
        int[] counts = hasCategories ? [314, 268, 34, 8, 5, 3] : [];
        int numberCount = 20 - counts.Length, slotCount = numberCount + counts.Sum();
        var random = new Random(1);
        double[] effects = [.. Enumerable.Range(0, slotCount).Select(_ => random.NextDouble() - 0.5)];
        NumberRow[] rows = [.. Enumerable.Range(0, RowCount).Select(_ =>
        {
            var features = new float[slotCount];
            for (int slot = 0; slot < numberCount; slot++)
                features[slot] = random.NextSingle();
            int first = numberCount;
            foreach (int count in counts)
            {
                features[first + random.Next(count)] = 1;
                first += count;
            }
            double label = features.Zip(effects, (feature, effect) => feature * effect).Sum() + Math.Sin(6 * features[0]);
            return new NumberRow { Label = (float)(label + 0.2 * random.NextDouble()), Features = new VBuffer<float>(slotCount, features) };
        })];
        var schema = SchemaDefinition.Create(typeof(NumberRow));
        schema[nameof(NumberRow.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, slotCount);
        if (hasCategories)
        {
            int next = numberCount;
            int[] ranges = [.. counts.SelectMany(count => (int[])[next, (next += count) - 1])];
            schema[nameof(NumberRow.Features)].AddAnnotation(
                "CategoricalSlotRanges", new VBuffer<int>(ranges.Length, ranges),
                new VectorDataViewType(NumberDataViewType.Int32, counts.Length, 2));
        }
        // The label is a number: there is no AUC.
        IDataView view = ml.Data.LoadFromEnumerable(rows, schema);
        return (view, view);
    }

    private static SchemaDefinition Schema(int slotCount)
    {
        var schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, slotCount);
        return schema;
    }

    private sealed class Row
    {
        public bool Label { get; set; }

        public VBuffer<float> Features { get; set; }
    }

    private sealed class NumberRow
    {
        public float Label { get; set; }

        public VBuffer<float> Features { get; set; }
    }

    private sealed class Message
    {
        public bool Label { get; set; }

        public string Text { get; set; } = "";
    }

    private sealed class Prediction
    {
        public float Score { get; set; }
    }
}
