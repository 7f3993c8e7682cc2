using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.Data;
using Mlp.MLNet;
using Mlp.Tool.Tasks;

namespace Mlp.Tool.Models;

/// <summary>How long the network takes for a row, without the pipeline in front of it.</summary>
/// <param name="SingleRowMicroseconds">By a prediction engine, one row at a time.</param>
/// <param name="BatchedRowMicroseconds">When a whole table is scored.</param>
internal sealed record ScoringTime(double SingleRowMicroseconds, double BatchedRowMicroseconds)
{
    // Long enough for three digits on an idle machine, and short enough that nobody has to wait.
    private const double Seconds = 0.2;
    private const int RowCount = 1024;
    // Words of a short text.
    private const int SparseCount = 50;

    public static ScoringTime Measure(MLContext ml, MlpTransformerBase network, CancellationToken cancellationToken)
    {
        var definition = SchemaDefinition.Create(typeof(FeatureRow));
        SchemaDefinition.Column values = definition[nameof(FeatureRow.Values)];
        values.ColumnName = network.FeatureColumnName;
        values.ColumnType = new VectorDataViewType(NumberDataViewType.Single, network.Model.InputCount);
        definition.Remove(definition[nameof(FeatureRow.Key)]);
        foreach ((string name, int count) in network.CategoricalColumnNames.Zip(network.Model.KeyCounts))
        {
            SchemaDefinition.Column key = SchemaDefinition.Create(typeof(FeatureRow))[nameof(FeatureRow.Key)];
            (key.ColumnName, key.ColumnType) = (name, new KeyDataViewType(typeof(uint), count));
            definition.Add(key);
        }
        var random = new Random(1);
        FeatureRow[] rows =
            [.. Enumerable.Range(0, RowCount).Select(_ => new FeatureRow { Values = RandomRow(network.Model.EngineModel, random) })];
        IDataView data = ml.Data.LoadFromEnumerable(rows, definition);
        double batched = Repeat(() => Score(network.Transform(data)), cancellationToken) / RowCount;
        return new ScoringTime(Repeat(CreateSingle(ml, network, rows[0], definition), cancellationToken), batched);
    }

    /// <summary>Some numbers, a value of each category, and few of the sparse slots.</summary>
    private static float[] RandomRow(Model<float> model, Random random)
    {
        var row = new float[model.FeatureCount];
        if (model.Layout is not { } layout)
        {
            for (int feature = 0; feature < row.Length; feature++)
                row[feature] = random.NextSingle();
            return row;
        }
        foreach (int slot in layout.NumberSlots)
            row[slot] = random.NextSingle();
        foreach (CategorySlots category in layout.Categories)
            row[category.First + random.Next(category.ValueCount)] = 1;
        for (int count = 0; count < Math.Min(SparseCount, layout.SparseSlots.Length); count++)
            row[layout.SparseSlots[random.Next(layout.SparseSlots.Length)]] = 1;
        return row;
    }

    private static Action CreateSingle(MLContext ml, MlpTransformerBase network, FeatureRow row, SchemaDefinition definition)
    {
        return network is MlpMulticlassTransformer ? Create<ScoreVector>() : Create<ScoreNumber>();

        Action Create<TPrediction>()
            where TPrediction : class, new()
        {
            PredictionEngine<FeatureRow, TPrediction> engine = ml.Model.CreatePredictionEngine<FeatureRow, TPrediction>(
                network, inputSchemaDefinition: definition);
            var prediction = new TPrediction();
            return () => engine.Predict(row, ref prediction);
        }
    }

    private static void Score(IDataView scored)
    {
        DataViewSchema.Column column = scored.Schema[MLNetColumns.Score];
        using DataViewRowCursor cursor = scored.GetRowCursor([column]);
        Action read = column.Type is VectorDataViewType ? Reader<VBuffer<float>>(cursor, column) : Reader<float>(cursor, column);
        while (cursor.MoveNext())
            read();
    }

    private static Action Reader<T>(DataViewRow row, DataViewSchema.Column column)
        where T : struct
    {
        ValueGetter<T> getter = row.GetGetter<T>(column);
        T value = default;
        return () => getter(ref value);
    }

    /// <summary>Microseconds of one call, after some warm-up calls.</summary>
    private static double Repeat(Action action, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed.TotalSeconds < Seconds / 2)
            action();
        long count = 0;
        for (watch.Restart(); watch.Elapsed.TotalSeconds < Seconds || count == 0; count++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            action();
        }
        return watch.Elapsed.TotalMicroseconds / count;
    }

    private sealed class FeatureRow
    {
        public float[] Values { get; set; } = [];

        /// <summary>The first value of every key column.</summary>
        public uint Key { get; set; } = 1;
    }

    private sealed class ScoreNumber
    {
        public float Score { get; set; }
    }

    private sealed class ScoreVector
    {
        public float[] Score { get; set; } = [];
    }
}
