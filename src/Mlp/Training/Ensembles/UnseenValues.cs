using System.Numerics;
using Mlp.Data;
using Mlp.Networks;
using Mlp.Numerics;

namespace Mlp.Training.Ensembles;

/// <summary>Values of categories and sparse slots that no row of a training has: nothing is learnt of them, so they must mean nothing
/// either.</summary>
internal static class UnseenValues
{
    /// <summary>Sets what a network was drawn for them to 0: such a value is then an unknown one, and such a slot adds nothing.</summary>
    /// <param name="network">Before its training.</param>
    /// <param name="rows">That it will be trained on.</param>
    /// <param name="checkCancellation">Called before every portion of rows; what it throws ends the work. Null for nothing.</param>
    public static void Clear<T>(Network<T> network, IRowSource<T> rows, Action? checkCancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        InputDescription inputs = network.Inputs;
        if (inputs.Categories.Count == 0 && inputs.SparseCount == 0)
            return;
        bool[][] isSeen = [.. inputs.Categories.Select(category => new bool[category.ValueCount])];
        var isSlotSeen = new bool[inputs.SparseCount];
        var batches = new MiniBatches<T>(rows, Math.Min(Limits.PortionRowCount, rows.RowCount), random: null);
        batches.StartEpoch();
        while (batches.MoveNext())
        {
            checkCancellation?.Invoke();
            ReadOnlySpan<int> categories = batches.Inputs.Categories;
            for (int index = 0; index < categories.Length; index++)
            {
                if (categories[index] > 0)
                    isSeen[index % isSeen.Length][categories[index] - 1] = true;
            }
            foreach (int slot in batches.Inputs.Sparse.Slots)
                isSlotSeen[slot] = true;
        }
        for (int category = 0; category < isSeen.Length; category++)
            Clear(network.Encoder!.Table(category), isSeen[category]);
        Clear(network.Layers[0].SparseWeights, isSlotSeen);
    }

    private static void Clear<T>(Span<T> table, bool[] isSeen)
    {
        int width = isSeen.Length == 0 ? 0 : table.Length / isSeen.Length;
        for (int row = 0; row < isSeen.Length; row++)
        {
            if (!isSeen[row])
                table.Slice(row * width, width).Clear();
        }
    }
}
