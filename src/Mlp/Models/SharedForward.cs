using System.Numerics;
using Mlp.Data;
using Mlp.Networks;
using Mlp.Numerics;

namespace Mlp.Models;

/// <summary>The forward passes of all networks over many rows, shared among threads: each takes a block of rows of one network, and then
/// the next that nobody has taken.</summary>
/// <remarks>Blocks of a network follow each other, so that threads find its weights in the cache they share. Who computes an output does
/// not change it.</remarks>
internal sealed class SharedForward<T> : IParallelWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // What a block of a default network computes, 112-128-128, stays in a second-level cache.
    private const int LargestBlock = 64;

    // Multiply-adds: some 50 µs, in which a thread that sleeps has woken.
    private const long WorkWorthSharing = 1 << 23;

    private readonly Model<T> _model;
    private readonly PackedParameters<T>[] _parameters;
    private readonly Workspace<T>[] _workspaces;
    private FeatureBatch<T>? _features;
    private T[] _outputs = [];
    private readonly int _blockRowCount;
    private int _blockCount, _nextItem;

    /// <param name="model">Its networks.</param>
    /// <param name="parameters">Of each network.</param>
    /// <param name="maxRowCount">Rows at a time.</param>
    /// <param name="threadCount">Those of the team that will run it, at least two.</param>
    public SharedForward(Model<T> model, PackedParameters<T>[] parameters, int maxRowCount, int threadCount)
    {
        (_model, _parameters, _blockRowCount) = (model, parameters, Math.Min(LargestBlock, maxRowCount));
        _workspaces = [.. Enumerable.Range(0, threadCount).Select(_ =>
            new Workspace<T>(model.Network, _blockRowCount, threadCount: 1, forTraining: false))];
    }

    /// <summary>Whether so many rows are enough for all threads.</summary>
    public bool IsFor(int rowCount) =>
        BlockCount(rowCount) * _parameters.Length >= _workspaces.Length
        && (long)rowCount * _parameters.Length * _model.Network.Parameters.Length >= WorkWorthSharing;

    /// <param name="team">The threads.</param>
    /// <param name="features">As the networks take them.</param>
    /// <param name="outputs">[networks x rows x outputs], overwritten.</param>
    public void Run(ThreadTeam team, FeatureBatch<T> features, T[] outputs)
    {
        (_features, _outputs) = (features, outputs);
        _blockCount = BlockCount(features.RowCount);
        _nextItem = 0;
        team.Run(this);
    }

    void IParallelWork.Execute(int part, int partCount)
    {
        int rowCount = _features!.RowCount, outputCount = _model.Network.OutputCount;
        while (Interlocked.Increment(ref _nextItem) - 1 is int item && item < _blockCount * _parameters.Length)
        {
            (int network, int block) = Math.DivRem(item, _blockCount);
            int start = block * _blockRowCount, count = Math.Min(_blockRowCount, rowCount - start);
            _model.Networks[network]
                .Forward(_features.InputsOf(start, count), count, _workspaces[part], _parameters[network])
                .CopyTo(_outputs.AsSpan((network * rowCount + start) * outputCount));
        }
    }

    private int BlockCount(int rowCount) => (rowCount + _blockRowCount - 1) / _blockRowCount;
}
