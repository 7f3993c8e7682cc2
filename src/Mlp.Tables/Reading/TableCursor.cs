using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.Tables.Descriptions;

namespace Mlp.Tables.Reading;

/// <summary>Moves through the rows of a file once, and reads the requested fields of each row.</summary>
internal sealed class TableCursor : DataViewRowCursor
{
    private readonly TableDescription _table;
    private readonly IReadOnlyList<ViewColumn> _columns;
    private readonly bool[] _isActive;
    private readonly IEnumerator<RowReader> _rows;
    private RowReader? _row;
    private long _position = -1;

    public TableCursor(
        TableDescription table, IReadOnlyList<ViewColumn> columns, DataViewSchema schema, IEnumerable<DataViewSchema.Column> columnsNeeded)
    {
        _table = table;
        _columns = columns;
        Schema = schema;
        _isActive = new bool[columns.Count];
        foreach (DataViewSchema.Column column in columnsNeeded)
            _isActive[column.Index] = true;
        _rows = OpenTable.RowsOf(table, CancellationToken.None, UsesOf(table, columns)).GetEnumerator();
    }

    public override DataViewSchema Schema { get; }

    public override long Position => _position;

    public override long Batch => 0;

    public override bool IsColumnActive(DataViewSchema.Column column) => column.Index < _isActive.Length && _isActive[column.Index];

    /// <exception cref="TableException">The file is not what it was when it was described, or cannot be read.</exception>
    public override bool MoveNext()
    {
        while (_rows.MoveNext())
        {
            _row = _rows.Current;
            if (_table.Label is { } label && MissingTokens.HasNoLabel(_row, label))
                continue;
            _position++;
            return true;
        }
        _row = null;
        _position = -1;
        return false;
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) => value = new DataViewRowId((ulong)_position, 0);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        if (!IsColumnActive(column))
            throw new ArgumentOutOfRangeException(nameof(column),
                $"Column '{column.Name}' is not active in this cursor; ask for it when you create the cursor.");
        return CreateGetter(_columns[column.Index]) as ValueGetter<TValue> ?? throw new ArgumentException(
            $"Column '{column.Name}' is {column.Type}, which {typeof(TValue).Name} cannot hold. " +
            $"Read it as {column.Type.RawType.Name}.",
            nameof(column));
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _rows.Dispose();
        base.Dispose(disposing);
    }

    private Delegate CreateGetter(ViewColumn column)
    {
        ColumnDescription[] fields = [.. column.Fields];
        if (column.Kind == ColumnKind.Category)
        {
            return fields is []
                ? (ValueGetter<ReadOnlyMemory<char>>)((ref ReadOnlyMemory<char> value) => value = default)
                : (ref ReadOnlyMemory<char> value) => value = TextForms.Apply(Row.Text(fields[0].Index), column.TextForm).AsMemory();
        }
        if (column.Part != DatePart.Days)
            return CreateDateGetter(column.Part, fields);
        if (!column.IsVector && fields is [{ Kind: not ColumnKind.Date } single])
        {
            int index = single.Index;
            // The shortest way for numbers that need no reading.
            return (ValueGetter<float>)((ref float value) =>
            {
                if (_row is null || !_row.TrySingle(index, out value))
                    value = Number(single);
            });
        }
        if (!column.IsVector)
            return (ValueGetter<float>)((ref float value) => value = fields is [] ? float.NaN : Number(fields[0]));
        return (ValueGetter<VBuffer<float>>)((ref VBuffer<float> value) =>
        {
            var editor = VBufferEditor.Create(ref value, fields.Length);
            for (int i = 0; i < fields.Length; i++)
                editor.Values[i] = Number(fields[i]);
            value = editor.Commit();
        });
    }

    private Delegate CreateDateGetter(DatePart part, ColumnDescription[] fields) => part switch
    {
        DatePart.Weekday => (ValueGetter<ReadOnlyMemory<char>>)((ref ReadOnlyMemory<char> value) =>
            value = Date(fields[0]) is { } date ? date.Local.DayOfWeek.ToString().AsMemory() : default),
        DatePart.Month => (ValueGetter<ReadOnlyMemory<char>>)((ref ReadOnlyMemory<char> value) =>
            value = Date(fields[0]) is { } date
                ? CultureInfo.InvariantCulture.DateTimeFormat.MonthNames[date.Local.Month - 1].AsMemory() : default),
        DatePart.Hour => (ValueGetter<float>)((ref float value) =>
            value = Date(fields[0]) is { } date ? (float)date.Local.TimeOfDay.TotalHours : float.NaN),
        // Of the days themselves a Single keeps no minutes; the difference is taken before.
        _ => (ValueGetter<float>)((ref float value) =>
            value = Date(fields[0]) is { } date && Date(fields[1]) is { } since ? (float)(date.Days - since.Days) : float.NaN),
    };

    private RowReader Row => _row ?? throw new InvalidOperationException("The cursor is not on a row. Call MoveNext first.");

    /// <summary>A number, or the days of a date; NaN for what is neither.</summary>
    private float Number(ColumnDescription field)
    {
        if (field.Kind == ColumnKind.Date)
            return Date(field) is { } date ? (float)date.Days : float.NaN;
        if (Row.TrySingle(field.Index, out float typed))
            return typed;
        // What is beyond the range of a Single counts as missing.
        var number = (float)NumberReader.Read(Row.Field(field.Index), field.NumberForm);
        return float.IsFinite(number) ? number : float.NaN;
    }

    /// <summary>What the active columns are made of, and the label, without which rows are left out.</summary>
    private ColumnUse[] UsesOf(TableDescription table, IReadOnlyList<ViewColumn> columns)
    {
        var uses = new ColumnUse[table.Columns.Count];
        foreach (ViewColumn column in columns.Where((_, index) => _isActive[index]))
        {
            foreach (ColumnDescription field in column.Fields)
            {
                bool isSingle = column.Kind != ColumnKind.Category && column.Part == DatePart.Days && field.Kind != ColumnKind.Date;
                ColumnUse use = isSingle ? ColumnUse.Single : ColumnUse.Any;
                uses[field.Index] = (ColumnUse)Math.Max((int)uses[field.Index], (int)use);
            }
        }
        if (table.Label is { } label)
            uses[label.Column.Index] = ColumnUse.Any;
        return uses;
    }

    private FoundDate? Date(ColumnDescription field) =>
        DateText.TryParse(Row.Field(field.Index), field.DateForm, out FoundDate date) ? date : null;
}
