using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.Tables.Reading;

/// <summary>The rows of a file that was described, read again by each cursor. Rows without a label are left out.</summary>
internal sealed class TableView : IDataView
{
    private readonly TableDescription _table;
    private readonly IReadOnlyList<ViewColumn> _columns;

    /// <param name="table">Where the rows are.</param>
    /// <param name="columns">In the order of the schema.</param>
    public TableView(TableDescription table, IReadOnlyList<ViewColumn> columns)
    {
        _table = table;
        _columns = columns;
        var schema = new DataViewSchema.Builder();
        foreach (ViewColumn column in columns)
            schema.AddColumn(column.Name, column.Type, AnnotationsOf(column));
        Schema = schema.ToSchema();
    }

    public DataViewSchema Schema { get; }

    public bool CanShuffle => false;

    public long? GetRowCount() => _table.RowCount - (_table.Label?.MissingCount ?? 0);

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new TableCursor(_table, _columns, Schema, columnsNeeded);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    /// <summary>The slots of a vector have the names of the file's columns.</summary>
    private static DataViewSchema.Annotations? AnnotationsOf(ViewColumn column)
    {
        if (!column.IsVector)
            return null;
        var names = new VBuffer<ReadOnlyMemory<char>>(column.Fields.Count, [.. column.Fields.Select(field => field.Name.AsMemory())]);
        var annotations = new DataViewSchema.Annotations.Builder();
        var type = new VectorDataViewType(TextDataViewType.Instance, column.Fields.Count);
        annotations.Add("SlotNames", type, (ref VBuffer<ReadOnlyMemory<char>> value) => names.CopyTo(ref value));
        return annotations.ToAnnotations();
    }
}
