using System.Numerics;
using Mlp.Data;
using Mlp.Models;

namespace Mlp.Training.Ensembles;

/// <summary>What a network says of rows it was not trained on, beside what is true.</summary>
/// <param name="Outputs">[rows x outputs].</param>
/// <param name="Targets">[rows x outputs].</param>
/// <param name="ExampleWeights">One per row.</param>
internal sealed record HeldOutOutputs<T>(T[] Outputs, T[] Targets, T[] ExampleWeights)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <param name="network">Not changed.</param>
    /// <param name="rows">At least one.</param>
    /// <param name="checkCancellation">Called before every further portion of rows; what it throws ends the work. Null for nothing.</param>
    public static HeldOutOutputs<T> Compute(Network<T> network, IRowSource<T> rows, Action? checkCancellation)
    {
        // Rows on disk lie in a random order: the first are as good as any.
        int outputCount = network.OutputCount, rowCount = rows is IStreamedRows<T> streamed
            ? (int)Math.Min(streamed.Count, EnsembleSettings.MostStreamedRowsToCalibrate) : rows.RowCount;
        var result = new HeldOutOutputs<T>(new T[rowCount * outputCount], new T[rowCount * outputCount], new T[rowCount]);
        int portion = FeatureRows.PortionOf(rows);
        using var predictor = new Predictor<T>(network, portion);
        var batches = new MiniBatches<T>(rows, portion, random: null);
        batches.StartEpoch();
        for (int row = 0; row < rowCount && batches.MoveNext(); row += batches.ExampleWeights.Length)
        {
            if (row > 0)
                checkCancellation?.Invoke();
            int length = batches.ExampleWeights.Length * outputCount;
            predictor.PredictScaled(batches.Inputs, batches.ExampleWeights.Length, result.Outputs.AsSpan(row * outputCount, length));
            batches.Targets.CopyTo(result.Targets.AsSpan(row * outputCount));
            batches.ExampleWeights.CopyTo(result.ExampleWeights.AsSpan(row));
        }
        return result;
    }

    /// <summary>The mean prediction of several networks for the same rows, as outputs.</summary>
    public static HeldOutOutputs<T> Average(
        IReadOnlyList<HeldOutOutputs<T>> networks, OutputLink link, int outputCount, Action? checkCancellation)
    {
        if (networks.Count == 1)
            return networks[0];
        var mean = new EnsembleOutputs<T>(
            link, networks.Count, outputCount, networks[0].ExampleWeights.Length, temperature: 1, range: null);
        var outputs = new T[networks[0].Outputs.Length];
        mean.Start();
        foreach (HeldOutOutputs<T> network in networks)
        {
            checkCancellation?.Invoke();
            mean.Add(network.Outputs);
        }
        mean.Finish(outputs);
        return networks[0] with { Outputs = outputs };
    }
}
