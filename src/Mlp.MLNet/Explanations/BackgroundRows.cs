using Microsoft.ML;
using Mlp.Explanations;
using Mlp.MLNet.Reading;
using Mlp.Numerics;

namespace Mlp.MLNet.Explanations;

/// <summary>Reads the rows that a baseline is made of.</summary>
internal static class BackgroundRows
{
    /// <param name="transformed">By the whole model.</param>
    /// <param name="columns">What the model reads of them.</param>
    /// <param name="model">Says which features may be missing.</param>
    /// <returns>Their mean.</returns>
    /// <exception cref="InvalidOperationException">There are no rows, or some that cannot be used.</exception>
    public static Baseline<float> Read(IDataView transformed, InputColumns columns, Model<float> model)
    {
        int[] keyCounts = model.Layout?.KeyCounts ?? [];
        var rows = new RowBlocks<float>(model.FeatureCount, transformed.GetRowCount());
        RowBlocks<int>? keys = keyCounts.Length == 0 ? null : new RowBlocks<int>(keyCounts.Length, transformed.GetRowCount());
        var problems = new RowProblems();
        string problem = $"Feature column '{columns.Features.Name}' is {(model.Middles is null ? "NaN or infinite" : "infinite")}";
        int rowCount = 0;
        using DataViewRowCursor cursor = transformed.GetRowCursor(columns.All);
        var features = new FeatureColumn(cursor, columns.Features);
        var keyReader = new KeyReader(cursor, columns.Categories, keyCounts);
        while (cursor.MoveNext())
        {
            rowCount++;
            Span<float> values = rows.Add();
            features.Read(values);
            if (keys is not null)
                keyReader.Read().CopyTo(keys.Add());
            int slot = IndexOfUnusable(values, model);
            if (slot >= 0)
            {
                problems.Add(
                    problem, rowCount, problems.Has(problem) ? null : features.Describe(slot, values[slot]),
                    "Replace or filter these rows.");
            }
        }
        if (rowCount == 0)
            throw new InvalidOperationException(
                "The background data has no rows; a baseline is the mean of at least one. Give it rows, or leave it out.");
        return problems.Any ? throw problems.ToException(rowCount, "background") : Baseline<float>.MeanOf(rows, keys, keyCounts);
    }

    /// <summary>The first feature that is infinite, or missing where it may not be; -1 for none.</summary>
    private static int IndexOfUnusable(ReadOnlySpan<float> values, Model<float> model)
    {
        for (int slot = 0; slot < values.Length; slot++)
        {
            int found = Finite.IndexOfAnyExcept(values[slot..]);
            if (found < 0)
                return -1;
            slot += found;
            if (!float.IsNaN(values[slot]) || !model.TakesMissing(slot))
                return slot;
        }
        return -1;
    }
}
