using Mlp.Data;
using Mlp.MLNet.Reading;
using Mlp.State;

namespace Mlp.MLNet.Replay;

/// <summary>Rows of the trainings so far, drawn at random, before any scaling.</summary>
/// <param name="Capacity">Rows that are kept at most.</param>
/// <param name="Rows">As the layout of the model takes them; null for none.</param>
/// <param name="Folds">Of each row the network that is never trained on it; −1 for none.</param>
internal sealed record Reservoir(int Capacity, TrainingRows? Rows, int[] Folds)
{
    public int RowCount => Rows?.RowCount ?? 0;

    /// <summary>Draws from rows, the first of a model.</summary>
    /// <param name="rows">Not scaled; copied.</param>
    /// <param name="capacity">At least 0.</param>
    /// <param name="seed">The same seed draws the same rows.</param>
    /// <returns>The rows, without folds, and their indices among those given.</returns>
    public static (Reservoir Rows, int[] Indices) Draw(TrainingRows rows, int capacity, int seed)
    {
        int[] indices = DrawIndices(0, rows.RowCount, seen: 0, capacity, seed);
        return (new Reservoir(capacity, Copy(rows.Features.Layout, rows, indices), new int[indices.Length]), indices);
    }

    /// <summary>Draws from the rows here and further ones, so that each row so far is kept with the same probability.</summary>
    /// <param name="all">The rows that are here, and then the further ones; not scaled, copied.</param>
    /// <param name="seen">How many rows there were before the further ones.</param>
    /// <param name="seed">The same seed draws the same rows.</param>
    /// <returns>The rows, without folds, and their indices among all.</returns>
    public (Reservoir Rows, int[] Indices) With(TrainingRows all, long seen, int seed)
    {
        int[] indices = DrawIndices(RowCount, all.RowCount - RowCount, seen, Capacity, seed);
        return (new Reservoir(Capacity, Copy(all.Features.Layout, all, indices), new int[indices.Length]), indices);
    }

    /// <summary>Copies of rows, of both tables one after the other, in the layout of the second.</summary>
    /// <param name="old">Null for none.</param>
    /// <param name="rows">Of the layout that the result has.</param>
    public static TrainingRows Join(TrainingRows? old, TrainingRows rows)
    {
        var places = new List<(TrainingRows Rows, int Row)>((old?.RowCount ?? 0) + rows.RowCount);
        foreach (TrainingRows part in old is null ? (TrainingRows[])[rows] : [old, rows])
        {
            for (int row = 0; row < part.RowCount; row++)
                places.Add((part, row));
        }
        return Copy(rows.Features.Layout, places);
    }

    /// <summary>Vitter 1985, Algorithm R: row t takes the place of a random one with probability capacity / t.</summary>
    /// <returns>Indices: the rows that were kept so far are 0, 1, ..., and the further ones follow.</returns>
    private static int[] DrawIndices(int keptCount, int furtherCount, long seen, int capacity, int seed)
    {
        var random = new RandomSource(unchecked(seed + (int)seen));
        List<int> kept = [.. Enumerable.Range(0, keptCount)];
        for (int index = 0; index < furtherCount; index++)
        {
            long number = seen + index + 1;
            if (number <= capacity)
            {
                kept.Add(keptCount + index);
                continue;
            }
            long place = (long)(random.NextDouble() * number);
            if (place < kept.Count)
                kept[(int)place] = keptCount + index;
        }
        return [.. kept];
    }

    private static TrainingRows? Copy(FeatureLayout layout, TrainingRows rows, int[] indices) =>
        indices.Length == 0 ? null : Copy(layout, [.. indices.Select(row => (rows, row))]);

    private static TrainingRows Copy(FeatureLayout layout, IReadOnlyList<(TrainingRows Rows, int Row)> places)
    {
        var targets = new RowBlocks<float>(places[0].Rows.Targets.RowLength, places.Count);
        RowBlocks<float>? weights = places.All(place => place.Rows.ExampleWeights is null) ? null : new RowBlocks<float>(1, places.Count);
        foreach ((TrainingRows rows, int row) in places)
        {
            rows.Targets[row].CopyTo(targets.Add());
            if (weights is not null)
                weights.Add()[0] = rows.ExampleWeights?[row][0] ?? 1;
        }
        return new TrainingRows(
            FeatureTableCopies.Copy(layout, [.. places.Select(place => (place.Rows.Features, place.Row))]), targets, weights);
    }
}
