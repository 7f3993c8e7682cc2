using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.Benchmarks.Quality;

namespace Mlp.Benchmarks;

/// <summary>What one contender takes on one table, in a process of its own that has one processor.</summary>
/// <param name="Fit">Processor seconds of the pipeline's Fit, rows in memory before; the median.</param>
/// <param name="Predict">Processor microseconds of a PredictionEngine for one row; the median of five loops.</param>
internal sealed record TreeMeasurement(double Fit, double Predict)
{
    public const string ChildVerb = "measure-trees";

    private const int WarmUpCalls = 20_000, WarmUpRounds = 8, LoopCount = 5, RowLimit = 1000;

    // Longer than the JIT waits before it compiles anew, in the background, what has run often.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.25);

    public static readonly IReadOnlyList<IContender> Contenders =
        [QualityRecipes.Find(QualityRecipes.Default), QualityRecipes.Find("fast"), new LightGbm(), new FastTree()];

    /// <summary>Starts the process and reads what it measured.</summary>
    public static TreeMeasurement Of(TreeWorkload workload, IContender contender, int rounds, double seconds, string? folder)
    {
        string[] arguments =
            [ChildVerb, workload.Set.Name, contender.Name, $"{rounds}", seconds.ToString(CultureInfo.InvariantCulture), .. folder is null
                ? [] : (string[])[folder]];
        // One processor is one thread for all: ours takes as many as there are, the trees one.
        double[] found = [.. OwnProcess.Run(arguments, ("DOTNET_PROCESSOR_COUNT", "1")).Split(' ')
            .Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
        return new TreeMeasurement(found[0], found[1]);
    }

    /// <summary>Prints the two medians.</summary>
    public static void RunAsChild(string table, string contenderName, int rounds, double seconds, string? folder)
    {
        TreeWorkload workload = TreeWorkload.All(folder).Single(one => one.Set.Name == table);
        IContender contender = Contenders.Single(one => one.Name == contenderName);
        QualityRows rows = workload.Read();
        TrainingPart Part(int rowCount) => new(workload.Set, rows, [.. Enumerable.Range(0, rowCount)], seed: 1);
        // Loads and compiles what is needed.
        _ = contender.Fit(Part(Math.Min(RowLimit, workload.Set.TrainCount)));
        TrainingPart part = Part(workload.Set.TrainCount);
        _ = part.View;
        ITransformer? model = null;
        double fit = QualityMetrics.Median([.. Enumerable.Range(0, rounds).Select(_ =>
        {
            GC.Collect();
            TimeSpan used = Environment.CpuUsage.TotalTime;
            model = contender.Fit(part);
            return (Environment.CpuUsage.TotalTime - used).TotalSeconds;
        })]);
        double predict = workload.Set.Task == QualityTask.Multiclass
            ? Microseconds<VectorScore>(part, model!, seconds) : Microseconds<NumberScore>(part, model!, seconds);
        Console.Write(string.Create(CultureInfo.InvariantCulture, $"{fit:R} {predict:R}"));
    }

    /// <summary>Of the trainer's transformer alone: objects with all features in one vector.</summary>
    private static double Microseconds<TScore>(TrainingPart part, ITransformer model, double seconds)
        where TScore : class, new()
    {
        Row[] rows = [.. model.Transform(part.View).GetColumn<float[]>("Features").Take(RowLimit)
            .Select(features => new Row { Features = features })];
        var schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, rows[0].Features.Length);
        PredictionEngine<Row, TScore> engine =
            part.ML.Model.CreatePredictionEngine<Row, TScore>(
                ((TransformerChain<ITransformer>)model).LastTransformer, inputSchemaDefinition: schema);
        var score = new TScore();
        int next = 0;
        for (int round = 0; round < WarmUpRounds; round++)
        {
            Predict(WarmUpCalls);
            Thread.Sleep(Pause);
        }
        // So many calls take about the time that is wanted.
        double wanted = WarmUpCalls * seconds / Math.Max(Predict(WarmUpCalls), 1e-3);
        int calls = (int)Math.Clamp(wanted, 1000, 10_000_000);
        return QualityMetrics.Median([.. Enumerable.Range(0, LoopCount).Select(_ => 1e6 * Predict(calls) / calls)]);

        double Predict(int count)
        {
            TimeSpan used = Environment.CpuUsage.TotalTime;
            for (int call = 0; call < count; call++)
            {
                engine.Predict(rows[next], ref score);
                next = (next + 1) % rows.Length;
            }
            return (Environment.CpuUsage.TotalTime - used).TotalSeconds;
        }
    }

    private sealed class Row
    {
        public float[] Features { get; set; } = [];
    }

    private sealed class NumberScore
    {
        public float Score { get; set; }
    }

    private sealed class VectorScore
    {
        public float[] Score { get; set; } = [];
    }
}
