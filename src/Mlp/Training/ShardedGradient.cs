using System.Numerics;
using System.Runtime.InteropServices;
using Mlp.Data;
using Mlp.Networks;
using Mlp.Numerics;
using Mlp.Training.Sharding;

namespace Mlp.Training;

/// <summary>
/// The gradient of a batch as the sum of those of its shards, ranges of rows, in a binary tree that the number of shards alone determines:
/// the same bits whichever rank and thread computes what.
/// </summary>
/// <remarks>
/// What is added is [parameters outside of tables | rows of tables that the batch has, in the order of its rows]. Without tables that is
/// the layout of the parameters, and each shard's backward pass writes straight to where its gradient is added.
/// </remarks>
internal sealed class ShardedGradient<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Backpropagation<T> _backpropagation;
    private readonly Network<T> _network;
    private readonly TrainingSettings _settings;
    private readonly Dropout<T>? _dropout;
    private readonly ShardTree _tree;
    private readonly Ranks? _ranks;
    private readonly RankSums<T>? _sums;
    // The sums of this rank's nodes, and by the size of a node what its second half comes to.
    private readonly AlignedBuffer<T>[] _nodes, _halves;
    // One loss a shard, and of each rank whether it is to be cancelled.
    private readonly double[] _lossSums, _gathered;
    private readonly int[] _gatheredBytes;
    private MiniBatches<T> _batch = null!;
    private double _divisor;
    private long _step;

    public ShardedGradient(Network<T> network, TrainingSettings settings, int batchSize, Dropout<T>? dropout)
    {
        (_network, _settings, _dropout) = (network, settings, dropout);
        _ranks = settings.ManyRanks;
        _tree = new ShardTree(settings.GradientShards, _ranks?.Count ?? 1);
        Touched = TouchedRows.For(network.Parameters);
        (int firstShard, int endShard) = _tree.ShardsOf(Rank);
        int mostRows = (endShard - firstShard) * ((batchSize + _tree.ShardCount - 1) / _tree.ShardCount);
        _backpropagation = new Backpropagation<T>(
            network, settings.Loss, settings.LossReduction, mostRows, settings.NumberOfThreads, dropout, hasGradients: Touched is not null);
        ReadOnlySpan<ShardNode> nodes = _tree.NodesOf(Rank);
        int length = Touched is null ? network.Parameters.Length : 0, largest = 1;
        foreach (ShardNode node in nodes)
            largest = Math.Max(largest, node.Count);
        _nodes = [.. Enumerable.Range(0, nodes.Length).Select(_ => new AlignedBuffer<T>(length))];
        _halves = [.. Enumerable.Range(0, BitOperations.Log2((uint)largest)).Select(_ => new AlignedBuffer<T>(length))];
        _lossSums = new double[_tree.ShardCount];
        _gathered = new double[_tree.ShardCount + (_ranks?.Count ?? 1)];
        _gatheredBytes = [.. Enumerable.Range(0, _ranks?.Count ?? 1).Select(rank =>
        {
            (int first, int end) = _tree.ShardsOf(rank);
            return (end - first + 1) * sizeof(double);
        })];
        _sums = _ranks is null ? null : new RankSums<T>(_ranks, _tree, Team);
    }

    /// <summary>The threads that share its products.</summary>
    public ThreadTeam Team => _backpropagation.Team;

    /// <summary>Which rows of the network's tables the batch has; null for a network without tables.</summary>
    public TouchedRows? Touched { get; }

    /// <summary>As <see cref="Backpropagation{T}.Gradients"/>, of the whole batch.</summary>
    public Span<T> Gradients => Touched is null ? _nodes[0].Span : _backpropagation.Gradients;

    private int Rank => _ranks?.Rank ?? 0;

    /// <summary>The first row of the batch that is this rank's.</summary>
    private int FirstRow => _tree.RowsOf(_tree.ShardsOf(Rank).First, _batch.ExampleWeights.Length).First;

    private int SumLength => _network.Parameters.DenseLength + (Touched?.Length ?? 0);

    /// <summary>Forward and backward passes over the shards, and their sum.</summary>
    /// <param name="batch">The same on all ranks.</param>
    /// <param name="step">Steps done before.</param>
    public BatchLoss Compute(MiniBatches<T> batch, long step)
    {
        (_batch, _step) = (batch, step);
        double weightSum = 0;
        foreach (T weight in batch.ExampleWeights)
            weightSum += double.CreateTruncating(weight);
        _divisor = _settings.LossReduction == LossReduction.Mean && weightSum > 0 ? weightSum : 1;
        FindTouched(batch.Inputs, batch.ExampleWeights.Length);
        ComputeRows();
        ReadOnlySpan<ShardNode> nodes = _tree.NodesOf(Rank);
        for (int index = 0; index < nodes.Length; index++)
            Sum(nodes[index], ref _nodes[index]);
        GatherLosses();
        _sums?.Sum(_nodes, SumLength);
        PutRowsInPlace();
        double lossSum = 0;
        foreach (double loss in _lossSums)
            lossSum += loss;
        return new BatchLoss(lossSum, weightSum, lossSum / _divisor);
    }

    public void Dispose() => _backpropagation.Dispose();

    private void Sum(ShardNode node, ref AlignedBuffer<T> sum)
    {
        // Rows of tables differ in number from batch to batch.
        if (sum.Length < SumLength)
            sum = new AlignedBuffer<T>(Math.Max(SumLength, 2 * sum.Length));
        if (node.Count == 1)
        {
            SumShard(node.First, sum.Span[..SumLength]);
            return;
        }
        int half = node.Count / 2;
        ref AlignedBuffer<T> second = ref _halves[BitOperations.Log2((uint)half)];
        Sum(new ShardNode(node.First, half), ref sum);
        Sum(new ShardNode(node.First + half, half), ref second);
        Elementwise.Add<T>(second.Span[..SumLength], sum.Span[..SumLength], Team);
    }

    /// <summary>What rows do not share: of all shards of this rank at once, as products of many rows cost less than those of few.</summary>
    private void ComputeRows()
    {
        (int firstShard, int endShard) = _tree.ShardsOf(Rank);
        _dropout?.StartShards(~_settings.Seed, _step);
        int start = FirstRow, end = start;
        for (int shard = firstShard; shard < endShard; shard++)
        {
            (int first, end) = _tree.RowsOf(shard, _batch.ExampleWeights.Length);
            _dropout?.AddShard(shard, end - first);
        }
        if (start == end)
            return;
        int targetCount = _network.OutputCount;
        _backpropagation.ComputeRows(
            _batch.InputsOf(start, end - start), _batch.Targets[(start * targetCount)..(end * targetCount)],
            _batch.ExampleWeights[start..end], _divisor);
    }

    private void SumShard(int shard, Span<T> gradient)
    {
        (int first, int end) = _tree.RowsOf(shard, _batch.ExampleWeights.Length);
        _lossSums[shard] = 0;
        if (first == end)
        {
            gradient.Clear();
            return;
        }
        _lossSums[shard] = _backpropagation.SumGradients(
            _batch.InputsOf(first, end - first), _batch.ExampleWeights[first..end], first - FirstRow,
            Touched is null ? gradient : _backpropagation.Gradients);
        TakeRowsOfShard(gradient);
    }

    /// <summary>Notes the rows of tables that the batch has, those of all shards.</summary>
    private void FindTouched(InputBatch<T> inputs, int rowCount)
    {
        if (Touched is null)
            return;
        Touched.StartBatch();
        int categoryCount = _network.Inputs.Categories.Count;
        bool hasSparse = _network.Inputs.SparseCount > 0;
        for (int row = 0; row < rowCount; row++)
        {
            for (int category = 0; category < categoryCount; category++)
            {
                int value = inputs.Categories[row * categoryCount + category];
                if (value > 0)
                    Touched.Add(category, value - 1);
            }
            if (!hasSparse)
                continue;
            foreach (int slot in inputs.Sparse.SlotsOf(row))
                Touched.Add(Touched.TableCount - 1, slot);
        }
    }

    /// <summary>From the layout of the parameters to that of the sum.</summary>
    private void TakeRowsOfShard(Span<T> gradient)
    {
        if (Touched is null)
            return;
        ReadOnlySpan<T> own = _backpropagation.Gradients;
        int next = _network.Parameters.DenseLength;
        own[..next].CopyTo(gradient);
        for (int index = 0; index < Touched.Count; index++)
        {
            (int start, int length) = Touched[index];
            if (Touched.IsIn(_backpropagation.Workspace.Touched!, index))
                own.Slice(start, length).CopyTo(gradient[next..]);
            else
                gradient.Slice(next, length).Clear();
            next += length;
        }
    }

    /// <summary>From the layout of the sum to that of the parameters.</summary>
    private void PutRowsInPlace()
    {
        if (Touched is null)
            return;
        ReadOnlySpan<T> sum = _nodes[0].Span;
        Span<T> gradients = _backpropagation.Gradients;
        int next = _network.Parameters.DenseLength;
        sum[..next].CopyTo(gradients);
        for (int index = 0; index < Touched.Count; index++)
        {
            (int start, int length) = Touched[index];
            sum.Slice(next, length).CopyTo(gradients[start..]);
            next += length;
        }
    }

    /// <summary>Gets the losses of the other ranks' shards, and learns whether any rank is to be cancelled: then all are, after this
    /// step.</summary>
    private void GatherLosses()
    {
        if (_ranks is null)
            return;
        (int first, int end) = _tree.ShardsOf(_ranks.Rank);
        Span<double> mine = stackalloc double[end - first + 1];
        _lossSums.AsSpan(first, end - first).CopyTo(mine);
        mine[^1] = _settings.Agreement!.IsWanted ? 1 : 0;
        _ranks.Gather(MemoryMarshal.AsBytes(mine), MemoryMarshal.AsBytes(_gathered.AsSpan()), _gatheredBytes);
        bool isCancelled = false;
        for (int rank = 0, next = 0; rank < _ranks.Count; rank++)
        {
            (first, end) = _tree.ShardsOf(rank);
            _gathered.AsSpan(next, end - first).CopyTo(_lossSums.AsSpan(first));
            next += end - first;
            isCancelled |= _gathered[next++] != 0;
        }
        if (isCancelled)
            _settings.Agreement.Cancel();
    }
}
