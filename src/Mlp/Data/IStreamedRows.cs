using System.Numerics;

namespace Mlp.Data;

/// <summary>Rows that lie where picking them one by one is slow, and that may be more than an int can count: they are read as a stream.
/// None weighs 0.</summary>
internal interface IStreamedRows<T> : IFeatureRows<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Number of rows, at least 1. <see cref="IRowSource{T}.RowCount"/> says the same as long as it can.</summary>
    long Count { get; }

    /// <summary>Whether a row has one class, its targets being 1 there and 0 elsewhere.</summary>
    bool HasOneClass { get; }

    /// <summary>Tells these rows, and their order, from others, up to one chance in 2³².</summary>
    uint Checksum { get; }

    /// <summary>What the streams of a network's training hold in memory at most, in bytes.</summary>
    double StreamBytes { get; }

    /// <summary>Parts of the rows that can be held out; 0 where none can.</summary>
    int FoldCount { get; }

    /// <summary>The rows of one part, and all others.</summary>
    /// <param name="fold">Below <see cref="FoldCount"/>.</param>
    (IStreamedRows<T> Training, IStreamedRows<T> Validation) HoldOut(int fold);

    /// <summary>Begins to read. Several streams may be read at once, by a thread each.</summary>
    /// <param name="seed">Shuffles the rows of each epoch; null for the order in which they lie.</param>
    IRowStream<T> Open(ulong? seed);
}
