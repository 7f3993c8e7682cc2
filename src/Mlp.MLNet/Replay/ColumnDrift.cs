namespace Mlp.MLNet;

/// <summary>How far the values of a column in new rows are from those of all rows before.</summary>
/// <param name="Column">A feature, a category, a key column or the label.</param>
/// <param name="Index">The population stability index Σ (q − p) ln(q / p) over the bins of the column, at least 0: p and q are the
/// parts of the old and the new rows in a bin. Deciles of the first training are the bins of a number, and its missing values; of a
/// category its values, those below 1 % of the old rows together, and those that are not known.</param>
/// <param name="Noise">What the index stays below in 99 of 100 cases where nothing has changed and there are as many rows.</param>
/// <param name="UnknownBefore">The part of the old rows that was missing, or a value that the model does not know.</param>
/// <param name="UnknownNow">The same of the new rows.</param>
/// <remarks>
/// Index: Siddiqi 2006, "Credit Risk Scorecards", with its marks 0.1 and 0.25; each bin counts half a row more, so that an empty one gives
/// a number. Noise: without a change the index over 1/n + 1/m, of n old and m new rows, is distributed as χ² with one degree of freedom
/// less than bins (Yurdakul and Naranjo 2020, "Statistical properties of the population stability index").
/// </remarks>
public sealed record ColumnDrift(string Column, double Index, double Noise, double UnknownBefore, double UnknownNow)
{
    private const double ModerateIndex = 0.1, LargeIndex = 0.25;

    /// <summary>What the index means: nothing below its noise.</summary>
    public DriftLevel Level => Index < ModerateIndex || Index <= Noise ? DriftLevel.None
        : Index < LargeIndex ? DriftLevel.Moderate : DriftLevel.Large;
}
