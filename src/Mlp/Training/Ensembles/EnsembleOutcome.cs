using System.Numerics;

namespace Mlp.Training.Ensembles;

/// <summary>What the networks of an ensemble said of rows they were not trained on: all that their temperature is found from.</summary>
/// <param name="Link">What turns outputs into predictions.</param>
/// <param name="RowCount">Training rows.</param>
/// <param name="TargetCount">Targets of a row.</param>
/// <param name="HasValidation">Whether all networks looked at the same validation rows; otherwise each at rows it held out itself.</param>
/// <param name="HeldOut">One for each network that is no refit; null for one that held nothing out, or that another job trains.</param>
internal sealed record EnsembleOutcome<T>(
    OutputLink Link, int RowCount, int TargetCount, bool HasValidation, IReadOnlyList<HeldOutOutputs<T>?> HeldOut)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>From the outputs for rows that the network had not seen: those of each network for its own rows, or the mean of all for
    /// the same rows.</summary>
    /// <param name="checkCancellation">Called every now and then; what it throws ends the work. Null for nothing.</param>
    public double FindTemperature(Action? checkCancellation)
    {
        HeldOutOutputs<T>[] heldOut = [.. HeldOut.OfType<HeldOutOutputs<T>>()];
        if (heldOut.Length == 0)
            return 1;
        if (HasValidation)
            heldOut = [HeldOutOutputs<T>.Average(heldOut, Link, TargetCount, checkCancellation)];
        else if (heldOut.Length > RowCount)
            heldOut = heldOut[..RowCount];
        int rowCount = heldOut.Sum(part => part.ExampleWeights.Length);
        bool isEveryRow = !HasValidation && rowCount == RowCount;
        if (rowCount < EnsembleSettings.LeastRowsToCalibrate && !isEveryRow)
            return 1;
        return TemperatureScaling.Fit<T>(
            Link, (T[])[.. heldOut.SelectMany(part => part.Outputs)], (T[])[.. heldOut.SelectMany(part => part.Targets)],
            (T[])[.. heldOut.SelectMany(part => part.ExampleWeights)], TargetCount, checkCancellation);
    }
}
