using System.Numerics;
using Mlp.Data;

namespace Mlp.Training.Ensembles;

/// <summary>Sparse slots that no row of a training has: nothing is learnt of them, so they must mean nothing either.</summary>
internal static class UnseenSlots
{
    /// <summary>Sets the weights that a network was drawn for them to 0: such a slot then adds nothing.</summary>
    /// <param name="network">Before its training.</param>
    /// <param name="rows">That it will be trained on.</param>
    /// <param name="checkCancellation">Called before every portion of rows; what it throws ends the work. Null for nothing.</param>
    public static void Clear<T>(Network<T> network, IRowSource<T> rows, Action? checkCancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (network.Inputs.SparseCount == 0)
            return;
        var isSeen = new bool[network.Inputs.SparseCount];
        var batches = new MiniBatches<T>(rows, FeatureRows.PortionOf(rows), random: null);
        batches.StartEpoch();
        while (batches.MoveNext())
        {
            checkCancellation?.Invoke();
            foreach (int slot in batches.Inputs.Sparse.Slots)
                isSeen[slot] = true;
        }
        Span<T> weights = network.Layers[0].SparseWeights;
        int unitCount = network.Layers[0].UnitCount;
        for (int slot = 0; slot < isSeen.Length; slot++)
        {
            if (!isSeen[slot])
                weights.Slice(slot * unitCount, unitCount).Clear();
        }
    }
}
