using System.Numerics;
using Mlp.State;

namespace Mlp.Data;

/// <summary>Rows that come one after the other, epoch after epoch. Its state is where it is: the number of the epoch and the rows done in
/// it.</summary>
internal interface IRowStream<T> : ICheckpointed
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Begins again, in an order of its own where the rows are shuffled.</summary>
    void StartEpoch();

    /// <summary>Appends the next rows to a batch, and copies their targets and weights.</summary>
    /// <param name="rowCount">No more than are left of the epoch.</param>
    /// <param name="features">Gets the rows.</param>
    /// <param name="targets">Row-major, rowCount x targets; overwritten.</param>
    /// <param name="exampleWeights">One per row; overwritten.</param>
    void Read(int rowCount, FeatureBatch<T> features, Span<T> targets, Span<T> exampleWeights);
}
