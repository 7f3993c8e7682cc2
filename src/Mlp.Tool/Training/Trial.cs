using System.Collections;
using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.Tool.Models;
using Mlp.Tool.Output;
using Mlp.Tool.Pipelines;
using Mlp.Tool.Tasks;

namespace Mlp.Tool.Training;

/// <summary>Trains on a part of the training rows and looks at the others: for a cross-validation, and for a threshold.</summary>
/// <param name="ml">Trains.</param>
/// <param name="plan">What to train.</param>
/// <param name="split">Its training rows are divided; its test rows are not touched.</param>
/// <param name="ranks">Train together; null for this process alone.</param>
/// <param name="cancellationToken">Ends the training; nothing of it is kept then.</param>
internal sealed class Trial(MLContext ml, PipelinePlan plan, TableSplit split, Ranks? ranks, CancellationToken cancellationToken)
{
    // A quarter of the training rows chooses the threshold.
    private const int PartsOfThreshold = 4;

    /// <summary>The metrics of every part, each predicted by a model of the others.</summary>
    /// <param name="count">Parts.</param>
    /// <exception cref="ToolException">A class has fewer rows than there are parts.</exception>
    public IReadOnlyList<IReadOnlyList<Metric>> CrossValidate(int count)
    {
        CheckClasses(count, $"--cv {count}");
        var results = new List<IReadOnlyList<Metric>>();
        foreach (BitArray fold in Divide(count))
        {
            var (model, rest, labels) = Fit(fold);
            results.Add(ModelEvaluation.Of(ml, plan, model, new RowSubset(split.Train, fold), rest, labels));
        }
        return results;
    }

    /// <summary>The threshold that is best on a quarter of the training rows, for a model of the others.</summary>
    /// <exception cref="ToolException">A class has too few rows.</exception>
    public double FindThreshold(ThresholdKind kind)
    {
        CheckClasses(PartsOfThreshold, "--threshold auto or f1");
        BitArray fold = Divide(PartsOfThreshold)[0];
        var (model, _, labels) = Fit(fold);
        IDataView scored = model.Transform(new RowSubset(split.Train, fold));
        return ThresholdChoice.Best(kind, [.. scored.GetColumn<float>(MLNetColumns.Probability).Zip(labels.Values)
            .Where(row => !float.IsNaN(row.First)).Select(row => ((double)row.First, row.Second == 1))]);
    }

    private BitArray[] Divide(int count) => Folds.Create(split.TrainValues, plan.Classes.Count > 0, count, plan.Split.Seed);

    private (ITransformer Model, LabelSummary Others, TestLabels Part) Fit(BitArray fold)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var pipeline = plan.ToEstimator(ml, options =>
        {
            options.Ranks = ranks;
            options.CancellationToken = cancellationToken;
        });
        ITransformer model = pipeline.Fit(new RowSubset(split.Train, new BitArray(fold).Not()));
        float[] part = [.. split.TrainValues.Where((_, row) => fold[row])];
        var rest = LabelSummary.Of(split.TrainValues.Where((_, row) => !fold[row]), plan.Classes.Count);
        return (model, rest, new TestLabels(part, LabelSummary.Of(part, plan.Classes.Count)));
    }

    private void CheckClasses(int count, string option)
    {
        if (plan.Classes.Count > 0 && split.TrainLabels.Counts!.Min() is var fewest && fewest < count)
        {
            string name = plan.Classes[split.TrainLabels.Counts!.ToList().IndexOf(fewest)];
            throw new ToolException(
                ExitCode.BadInput,
                $"{option} divides the training rows into {count} parts, but only {fewest} of them "
                    + $"{(fewest == 1 ? "is" : "are")} '{name}'. "
                    + "Give more rows of that class, or leave the option out.");
        }
        if (split.TrainLabels.RowCount < 2 * count)
            throw new ToolException(
                ExitCode.BadInput, $"{option} divides the training rows into {count} parts, but there are {split.TrainLabels.RowCount}.");
    }
}
