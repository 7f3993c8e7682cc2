using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.Benchmarks.Quality;
using Mlp.MLNet;

namespace Mlp.Benchmarks.Intervals;

/// <summary>The verb sets: how often the sets of classes of a classifier hold the label, and how large they are.</summary>
/// <param name="Level">That is asked for.</param>
/// <param name="SeedCount">Trainings of each table, each judged on all test rows; figures are their means.</param>
/// <param name="MostRows">Training rows at most, others for each seed.</param>
/// <param name="Preset">Of the trainer.</param>
internal sealed record SetVerb(double Level, int SeedCount, int MostRows, MlpPreset Preset)
{
    private const string SetColumn = "PredictedLabelSet";

    private const string Header =
        "| table | classes | rows trained on | rows judged | accuracy | sets hold the label | mean size | of one class | kept |\n"
            + "|---|---|---|---|---|---|---|---|---|";

    /// <param name="folder">With the tables.</param>
    /// <param name="only">Names of tables; none for all with classes as labels.</param>
    public void Run(string folder, IReadOnlyList<string> only)
    {
        Console.WriteLine(Header);
        IReadOnlyList<string> names = only.Count > 0 ? only : [QualitySet.Tables, MixedSets.Group];
        foreach (QualitySet set in QualitySet.ReadAll(folder, [.. names]).Where(set => set.Task != QualityTask.Regression))
        {
            var rows = QualityRows.Read(set, folder, withTest: true);
            SetFigures[] each = [.. Enumerable.Range(0, SeedCount).Select(seed => Measure(set, rows, seed))];
            double holding = each.Average(one => one.Holding), accuracy = each.Average(one => one.Accuracy);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {set.Name} | {each[0].ClassCount} | {each[0].TrainedCount:N0} | {each[0].JudgedCount:N0} | "
                    + $"{accuracy:P1} | {holding:P1} | {each.Average(one => one.Size):F2} | {each.Average(one => one.Single):P0} | "
                    + $"{Verdict(holding, each[0].JudgedCount, accuracy)} |"));
        }
    }

    private SetFigures Measure(QualitySet set, QualityRows rows, int seed)
    {
        int[] train = [.. Enumerable.Range(0, rows.Labels.Count).Where(row => !rows.IsTest[row])],
            test = [.. Enumerable.Range(0, rows.Labels.Count).Where(row => rows.IsTest[row])];
        new Random(seed).Shuffle(train);
        var part = new TrainingPart(set, rows, [.. train.Take(MostRows).Order()], seed);
        MLContext ml = part.ML;
        IEstimator<ITransformer> trainer = set.Task == QualityTask.Binary
            ? ml.BinaryClassification.Trainers.Mlp(new MlpBinaryTrainer.Options(Preset) { Seed = seed, PredictionSets = Level })
            : ml.MulticlassClassification.Trainers.Mlp(new MlpMulticlassTrainer.Options(Preset) { Seed = seed, PredictionSets = Level });
        IDataView scored = QualityPipeline.Create(ml, set, trainer, set.Missing).Fit(part.View).Transform(part.ViewOf(test));
        bool[][] sets = [.. scored.GetColumn<VBuffer<bool>>(SetColumn).Select(values => values.DenseValues().ToArray())];
        // A label that training did not see is in no set.
        int[] labels = set.Task == QualityTask.Binary
            ? [.. scored.GetColumn<bool>(QualityRows.Label).Select(label => label ? 1 : 0)]
            : [.. scored.GetColumn<uint>(QualityRows.Label).Select(label => (int)label - 1)];
        int[] sizes = [.. sets.Select(each => each.Count(isIn => isIn))];
        return new SetFigures(
            sets[0].Length, Math.Min(MostRows, train.Length), labels.Length, Judgement.Of(ml, set, scored)["accuracy"],
            labels.Zip(sets, (label, each) => label >= 0 && each[label] ? 1.0 : 0).Average(), sizes.Average(),
            sizes.Average(size => size == 1 ? 1.0 : 0));
    }

    /// <summary>Two points, or two standard errors where these are more. A set has the most probable class at least: where that alone is
    /// right more often, sets hold more, too.</summary>
    private string Verdict(double holding, int rowCount, double accuracy)
    {
        double most = Math.Max(0.02, 2 * Math.Sqrt(Level * (1 - Level) / rowCount));
        return holding < Level - most ? "no" : holding <= Level + most ? "yes"
            : accuracy > Level + most ? "more: one class suffices" : "no, more";
    }

    private sealed record SetFigures(
        int ClassCount, int TrainedCount, int JudgedCount, double Accuracy, double Holding, double Size, double Single);
}
