using Mlp.State;

namespace Mlp.Data.Stores;

/// <summary>Reads the rows of blocks: in each epoch the blocks in another order, as many at once as fit a window in which the rows are
/// shuffled; while the rows of one window are handed out, a thread reads the next one.</summary>
/// <remarks>The order is a function of the seed and the epoch, so that what was interrupted goes on at any row without an order that was
/// kept.</remarks>
internal sealed class StoredStream : IRowStream<float>
{
    private readonly IBlockSource _source;
    private readonly int[] _blocks, _order;
    private readonly int _targetCount;
    private readonly long _windowBytes, _count;
    private readonly ulong? _seed;
    // Where each window ends: among the blocks of the order, and among the rows of the epoch.
    private readonly List<(int Block, long Row)> _windows = [];
    private StoredWindow _current, _ahead;
    private Task? _loading;
    private int _loadingIndex, _index = -1, _next;
    private long _epoch, _position;

    /// <param name="source">Has the blocks.</param>
    /// <param name="blocks">Those to read, ascending.</param>
    /// <param name="classCount">Targets that one class becomes; 0 for targets as they are.</param>
    /// <param name="windowBytes">Of the blocks that are read at once; one block at least.</param>
    /// <param name="seed">Null for the order in which the rows lie.</param>
    public StoredStream(IBlockSource source, int[] blocks, int classCount, long windowBytes, ulong? seed)
    {
        (_source, _blocks, _windowBytes, _seed) = (source, blocks, windowBytes, seed);
        _order = [.. blocks];
        _targetCount = classCount > 0 ? classCount : source.Layout.TargetCount;
        (_current, _ahead) = (new StoredWindow(source, classCount), new StoredWindow(source, classCount));
        foreach (int block in blocks)
            _count += source.Blocks[block].RowCount;
    }

    public void StartEpoch()
    {
        _epoch++;
        _position = 0;
        OrderEpoch();
    }

    public void Read(int rowCount, FeatureBatch<float> features, Span<float> targets, Span<float> exampleWeights)
    {
        for (int done = 0; done < rowCount;)
        {
            if (_index < 0)
                Seek();
            else if (_next == _current.RowCount)
                MoveTo(_index + 1, firstRow: 0);
            int count = Math.Min(rowCount - done, _current.RowCount - _next);
            _current.Copy(_next, count, features, targets[(done * _targetCount)..], exampleWeights[done..]);
            (done, _next, _position) = (done + count, _next + count, _position + count);
        }
    }

    public void Exchange(StateExchange state)
    {
        (long epoch, long position) = (_epoch, _position);
        state.Exchange("epoch of the rows", ref epoch);
        state.Exchange("position in the rows", ref position);
        state.Check(epoch >= 0 && position >= 0 && position <= (epoch == 0 ? 0 : _count), $"row {position} of epoch {epoch}");
        if ((epoch, position) == (_epoch, _position))
            return;
        (_epoch, _position) = (epoch, position);
        OrderEpoch();
    }

    /// <summary>Finds out which blocks come when in the epoch, and which of them are read at once.</summary>
    private void OrderEpoch()
    {
        // It reads into one of the windows.
        _loading?.GetAwaiter().GetResult();
        (_loading, _index) = (null, -1);
        _blocks.CopyTo(_order, 0);
        if (_seed is not null)
            new RandomSource(SeedOf(window: -1)).Shuffle(_order);
        _windows.Clear();
        long bytes = 0, row = 0;
        for (int place = 0; place < _order.Length; place++)
        {
            StoredBlock block = _source.Blocks[_order[place]];
            (bytes, row) = (bytes + block.Length, row + block.RowCount);
            if (bytes < _windowBytes && place < _order.Length - 1)
                continue;
            _windows.Add((place + 1, row));
            bytes = 0;
        }
    }

    private void Seek()
    {
        int index = 0;
        while (_windows[index].Row <= _position)
            index++;
        MoveTo(index, (int)(_position - (index == 0 ? 0 : _windows[index - 1].Row)));
    }

    private void MoveTo(int index, int firstRow)
    {
        if (_loading is not null && _loadingIndex == index)
        {
            _loading.GetAwaiter().GetResult();
            (_current, _ahead) = (_ahead, _current);
        }
        else
            Load(_current, index);
        (_index, _next, _loading) = (index, firstRow, null);
        if (index + 1 == _windows.Count)
            return;
        (StoredWindow ahead, _loadingIndex) = (_ahead, index + 1);
        _loading = Task.Factory.StartNew(
            () => Load(ahead, index + 1), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    private void Load(StoredWindow window, int index)
    {
        int start = index == 0 ? 0 : _windows[index - 1].Block;
        window.Load(_order.AsSpan(start, _windows[index].Block - start), _seed is null ? null : SeedOf(index));
    }

    private int SeedOf(int window) => (int)RowHash.Of(RowHash.Of(_seed!.Value, _epoch), window);
}
