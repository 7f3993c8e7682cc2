using System.Numerics;

namespace Mlp.Networks;

/// <summary>Which rows of a network's tables a batch has gradients for: the others stay as they are, and cost nothing.</summary>
internal sealed class TouchedRows
{
    private readonly ParameterTensor[] _tables;
    private readonly int[][] _batchOf;
    private (int Offset, int Length)[] _ranges = new (int, int)[64];
    private (int Table, int Row)[] _rows = new (int, int)[64];
    private int _batch;

    private TouchedRows(ParameterTensor[] tables)
    {
        _tables = tables;
        _batchOf = [.. tables.Select(table => new int[table.RowCount])];
    }

    /// <summary>Categories first, then the sparse slots, if any.</summary>
    public int TableCount => _tables.Length;

    /// <summary>How many rows there are.</summary>
    public int Count { get; private set; }

    /// <summary>Where a row lies in the parameters.</summary>
    public (int Offset, int Length) this[int index] => _ranges[index];

    /// <summary>Values of all of them together.</summary>
    public int Length { get; private set; }

    /// <summary>Whether another batch of the same network has touched a row of this one.</summary>
    public bool IsIn(TouchedRows other, int index) => other._batchOf[_rows[index].Table][_rows[index].Row] == other._batch;

    /// <summary>Null for a network without tables.</summary>
    public static TouchedRows? For<T>(ParameterBlock<T> parameters)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ParameterTensor[] tables = [.. parameters.Tensors.Where(tensor => tensor.IsTable)];
        return tables.Length == 0 ? null : new TouchedRows(tables);
    }

    public void StartBatch()
    {
        (Count, Length) = (0, 0);
        if (++_batch != int.MaxValue)
            return;
        foreach (int[] batches in _batchOf)
            Array.Clear(batches);
        _batch = 1;
    }

    /// <summary>Notes a row; true when the batch has not had it before.</summary>
    public bool Add(int table, int row)
    {
        ref int batch = ref _batchOf[table][row];
        if (batch == _batch)
            return false;
        batch = _batch;
        if (Count == _ranges.Length)
        {
            Array.Resize(ref _ranges, 2 * Count);
            Array.Resize(ref _rows, 2 * Count);
        }
        int length = _tables[table].ColumnCount;
        _rows[Count] = (table, row);
        _ranges[Count++] = (_tables[table].Offset + row * length, length);
        Length += length;
        return true;
    }
}
