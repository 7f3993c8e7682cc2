using System.Numerics;
using Mlp.Losses;
using Mlp.Models;
using Mlp.Numerics;
using Mlp.Training.Ensembles;

namespace Mlp.Training.Tuning;

/// <summary>Judges ensembles by what their networks say of the rows that the folds hold out.</summary>
/// <param name="loss">That the networks are trained with.</param>
/// <param name="outputCount">Outputs of a row.</param>
/// <param name="findsTemperature">Whether outputs are divided by the temperature that suits the rows best, as those of a model
/// are.</param>
/// <param name="folds">What is true.</param>
internal sealed class EnsembleLoss<T>(Loss loss, int outputCount, bool findsTemperature, IReadOnlyList<FoldRows<T>> folds)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The loss of the mean prediction.</summary>
    /// <param name="members">At least one; one that is there twice counts twice.</param>
    /// <param name="foldCount">The first folds alone.</param>
    public HeldOutLoss Of(IReadOnlyList<Candidate<T>> members, int foldCount)
    {
        T[] outputs = [.. Enumerable.Range(0, foldCount).SelectMany(fold => MeanOf(members, fold))];
        T[] targets = [.. folds.Take(foldCount).SelectMany(fold => fold.Targets)];
        T[] weights = [.. folds.Take(foldCount).SelectMany(fold => fold.ExampleWeights)];
        double temperature = findsTemperature && loss.Link is OutputLink.Sigmoid or OutputLink.Softmax
            ? TemperatureScaling.Fit<T>(loss.Link, outputs, targets, weights, outputCount) : 1;
        if (temperature != 1)
        {
            for (int index = 0; index < outputs.Length; index++)
                outputs[index] = T.CreateTruncating(double.CreateTruncating(outputs[index]) / temperature);
        }
        var rowLosses = new T[weights.Length];
        LossKernel<T> kernel = loss.CreateKernel<T>();
        // The kernel's derivative, which is not wanted.
        var delta = new T[Limits.PortionRowCount * outputCount];
        for (int row = 0; row < rowLosses.Length; row += Limits.PortionRowCount)
        {
            int count = Math.Min(Limits.PortionRowCount, rowLosses.Length - row);
            kernel.Evaluate(
                outputs.AsSpan(row * outputCount, count * outputCount), targets.AsSpan(row * outputCount, count * outputCount),
                rowLosses.AsSpan(row, count), delta.AsSpan(0, count * outputCount));
        }
        return new HeldOutLoss(
            [.. rowLosses.Select(value => double.CreateTruncating(value))],
            [.. weights.Select(value => double.CreateTruncating(value))], temperature);
    }

    private T[] MeanOf(IReadOnlyList<Candidate<T>> members, int fold)
    {
        if (members.Count == 1)
            return members[0].Outputs[fold];
        var mean = new EnsembleOutputs<T>(
            loss.Link, members.Count, outputCount, folds[fold].ExampleWeights.Length, temperature: 1, range: null);
        var outputs = new T[folds[fold].Targets.Length];
        mean.Start();
        foreach (Candidate<T> member in members)
            mean.Add(member.Outputs[fold]);
        mean.Finish(outputs);
        return outputs;
    }
}
