using Mlp.Tables.Descriptions;

namespace Mlp.Tables.Reading;

/// <summary>Rows of typed columns. What derives from it says where the values are.</summary>
internal abstract class TypedRows : RowReader
{
    private readonly byte[][] _buffers;

    protected TypedRows(int fieldCount)
    {
        FieldCount = fieldCount;
        Values = [.. Enumerable.Repeat<ColumnValues>(NoValues.Instance, fieldCount)];
        _buffers = [.. Enumerable.Repeat(Array.Empty<byte>(), fieldCount)];
    }

    public sealed override long Line { get; protected set; }

    public sealed override int FieldCount { get; protected set; }

    /// <summary>One per column.</summary>
    protected ColumnValues[] Values { get; }

    /// <summary>The index of the current row in <see cref="Values"/>.</summary>
    protected int Row { get; set; }

    public override ReadOnlySpan<byte> Field(int index) => Values[index].Text(Row, ref _buffers[index]);

    public override string Text(int index) => Values[index].String(Row, ref _buffers[index]);

    public override bool TryNumber(int index, out double value) => Values[index].TryNumber(Row, out value);
}
