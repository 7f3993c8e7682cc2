using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.Benchmarks.Quality;
using Mlp.MLNet;

namespace Mlp.Benchmarks.LearningOn;

/// <summary>The verb learning-on: a table that arrives in daily pieces, updated each day, beside a full training on all rows so
/// far.</summary>
/// <param name="Days">Pieces after the first part.</param>
/// <param name="FirstPart">The part of the rows that the first training has, in (0, 1).</param>
/// <param name="Capacity">Rows of the memory.</param>
/// <param name="FullEvery">A full training is made after every so many days.</param>
/// <param name="Settings">Of the updates.</param>
/// <param name="SortedBy">A numeric column by which rows are sorted; null for their order in the file.</param>
/// <param name="Seed">Of everything.</param>
internal sealed record LearningOnVerb(
    int Days, double FirstPart, int Capacity, int FullEvery, MlpUpdateSettings Settings, string? SortedBy, int Seed)
{
    private const string Header =
        "| table | days | loss of the next rows, updated / full | days within 1 % | loss of all test rows so far, updated / full | loss of "
            + "the first test rows, updated / full | updated / first | time, updated / full |\n|---|---|---|---|---|---|---|---|";

    /// <param name="folder">With the tables.</param>
    /// <param name="only">Names of tables.</param>
    public void Run(string folder, IReadOnlyList<string> only)
    {
        var lines = new List<string>();
        foreach (QualitySet set in QualitySet.ReadAll(folder, [.. only]))
            lines.Add(Measure(set, QualityRows.Read(set, folder, withTest: true)));
        Console.WriteLine(Header);
        lines.ForEach(Console.WriteLine);
    }

    private string Measure(QualitySet set, QualityRows rows)
    {
        int[] order = Order(set, rows);
        int first = (int)(order.Length * FirstPart);
        // The piece of day d are the rows from Start(d) on; day 0 is the first part.
        int Start(int day) => day == 0 ? 0 : first + (int)((long)(order.Length - first) * (day - 1) / Days);
        int[] Rows(int fromDay, int toDay, bool test) =>
            [.. order[Start(fromDay)..Start(toDay + 1)].Where(row => rows.IsTest[row] == test)];

        var part = new TrainingPart(set, rows, Rows(0, 0, test: false), Seed);
        IDataView firstTest = part.ViewOf(Rows(0, 0, test: true));
        _ = Seconds(() => Fit(part, 1));
        ITransformer model = Fit(part, capacity: Capacity);
        double firstLoss = LossOf(set, model, firstTest);
        var (next, all, old, time, forgot) =
            (new List<double>(), new List<double>(), new List<double>(), new List<(double Update, double Full)>(), new List<double>());
        for (int day = 1; day <= Days; day++)
        {
            IDataView today = part.ViewOf(Rows(day, day, test: false));
            ITransformer updated = model;
            double update = Seconds(() => updated = Update(set, part.ML, model, today));
            model = updated;
            if (day % FullEvery != 0)
                continue;
            var together = new TrainingPart(set, rows, Rows(0, day, test: false), Seed);
            _ = together.View;
            ITransformer full = model;
            double seconds = Seconds(() => full = Fit(together, capacity: null));
            int nextDay = Math.Min(day + 1, Days);
            int[] unseen = day < Days ? Rows(nextDay, nextDay, test: false) : [];
            IDataView nextRows = part.ViewOf([.. Rows(nextDay, nextDay, test: true), .. unseen]);
            IDataView allTest = part.ViewOf(Rows(0, day, test: true));
            next.Add(LossOf(set, model, nextRows) / LossOf(set, full, nextRows));
            all.Add(LossOf(set, model, allTest) / LossOf(set, full, allTest));
            double oldLoss = LossOf(set, model, firstTest);
            old.Add(oldLoss / LossOf(set, full, firstTest));
            forgot.Add(oldLoss / firstLoss);
            time.Add((update, seconds));
            Console.Error.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{set.Name}, day {day}: next {next[^1]:F4}, all {all[^1]:F4}, first {old[^1]:F4} ({forgot[^1]:F4}), "
                    + $"{update:F2} s of {seconds:F2} s"));
        }
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {set.Name} | {next.Count} of {Days} | {next.Average():F4} | {next.Count(ratio => ratio <= 1.01)} | {all.Average():F4} | "
                + $"{old.Average():F4} | {forgot.Average():F4} | {time.Sum(pair => pair.Update) / time.Sum(pair => pair.Full):F3} |");
    }

    private ITransformer Fit(TrainingPart part, int? capacity)
    {
        MlpOptions options = Options(part.Set);
        options.ReplayRowCount = capacity;
        return QualityPipeline.Create(part.ML, part.Set, Trainer(part.ML, options), part.Set.Missing).Fit(part.View);
    }

    private ITransformer Update(QualitySet set, MLContext ml, ITransformer model, IDataView today) => (Options(set) switch
    {
        MlpBinaryTrainer.Options binary =>
            ml.Model.UpdateMlp(model, today, ml.BinaryClassification.Trainers.Mlp(binary), Settings),
        MlpMulticlassTrainer.Options multiclass =>
            ml.Model.UpdateMlp(model, today, ml.MulticlassClassification.Trainers.Mlp(multiclass), Settings),
        var regression => ml.Model.UpdateMlp(model, today, ml.Regression.Trainers.Mlp((MlpRegressionTrainer.Options)regression), Settings),
    }).Model;

    private MlpOptions Options(QualitySet set) => set.Task switch
    {
        QualityTask.Binary => new MlpBinaryTrainer.Options { Seed = Seed },
        QualityTask.Multiclass => new MlpMulticlassTrainer.Options { Seed = Seed },
        _ => new MlpRegressionTrainer.Options { Seed = Seed },
    };

    private static IEstimator<ITransformer> Trainer(MLContext ml, MlpOptions options) => options switch
    {
        MlpBinaryTrainer.Options binary => ml.BinaryClassification.Trainers.Mlp(binary),
        MlpMulticlassTrainer.Options multiclass => ml.MulticlassClassification.Trainers.Mlp(multiclass),
        _ => ml.Regression.Trainers.Mlp((MlpRegressionTrainer.Options)options),
    };

    /// <summary>Log-loss, or the root mean square error.</summary>
    private static double LossOf(QualitySet set, ITransformer model, IDataView rows)
    {
        IDataView scored = model.Transform(rows);
        return set.Task switch
        {
            QualityTask.Binary => ClippedLogLoss.OfTwoClasses(scored),
            QualityTask.Multiclass => ClippedLogLoss.OfClasses(scored),
            _ => Math.Sqrt(scored.GetColumn<float>("Score").Zip(
                scored.GetColumn<float>(QualityRows.Label), (score, label) => Math.Pow((double)score - label, 2)).Average()),
        };
    }

    private int[] Order(QualitySet set, QualityRows rows)
    {
        int[] order = [.. Enumerable.Range(0, rows.Labels.Count)];
        if (SortedBy is null)
            return order;
        if (!set.Numeric.Contains(SortedBy))
            throw new ArgumentException($"--by is {SortedBy}; the numbers of {set.Name} are {string.Join(", ", set.Numeric)}.");
        IDataView view = rows.ToView(new MLContext(), order);
        float[] keys = set.IsMixed ? [.. view.GetColumn<float>(SortedBy)]
            : [.. view.GetColumn<float[]>(QualityRows.Numbers).Select(row => row[Array.IndexOf(set.Numeric, SortedBy)])];
        return [.. order.OrderBy(row => keys[row])];
    }

    /// <summary>Of all processors together: what else the machine does is not counted.</summary>
    private static double Seconds(Action work)
    {
        TimeSpan used = Environment.CpuUsage.TotalTime;
        work();
        return (Environment.CpuUsage.TotalTime - used).TotalSeconds;
    }
}
