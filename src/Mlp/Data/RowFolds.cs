namespace Mlp.Data;

/// <summary>Which network of an ensemble holds which row out.</summary>
/// <param name="OfRows">For each row the first network that holds it out; −1 for none. Where there are more networks than parts, the others
/// begin again with the first part.</param>
internal sealed record RowFolds(int[] OfRows)
{
    /// <summary>The fold of a row that every network is trained on.</summary>
    public const int None = -1;

    /// <summary>The folds that splits describe. Where there are more networks than parts, later splits repeat the first.</summary>
    public static RowFolds Of(IReadOnlyList<RowSplit> splits, int rowCount)
    {
        var folds = new int[rowCount];
        Array.Fill(folds, None);
        for (int network = splits.Count - 1; network >= 0; network--)
        {
            foreach (int row in splits[network].Validation)
                folds[row] = network;
        }
        return new RowFolds(folds);
    }

    /// <summary>What each network holds out.</summary>
    /// <returns>As many splits as networks; null where one would hold out no row, or all of them.</returns>
    public RowSplit[]? ToSplits(int networkCount)
    {
        int partCount = OfRows.Max() + 1;
        if (partCount == 0)
            return null;
        RowSplit[] parts = [.. Enumerable.Range(0, partCount).Select(part => new RowSplit(
            [.. Enumerable.Range(0, OfRows.Length).Where(row => OfRows[row] != part)],
            [.. Enumerable.Range(0, OfRows.Length).Where(row => OfRows[row] == part)]))];
        return parts.Any(part => part.Training.Length == 0 || part.Validation.Length == 0)
            ? null : [.. Enumerable.Range(0, networkCount).Select(network => parts[network % partCount])];
    }
}
