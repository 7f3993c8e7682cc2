using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

public sealed partial class DataOperationsCatalog
{
    /// <summary>A data view over objects. The sequence is enumerated by each cursor, so it must give the same objects each time.</summary>
    public IDataView LoadFromEnumerable<TRow>(IEnumerable<TRow> data, SchemaDefinition? schemaDefinition = null)
        where TRow : class
    {
        Environment.CheckValue(data, nameof(data));
        return new ObjectDataView<TRow>(Environment, data, schemaDefinition);
    }

    /// <summary>A data view over objects whose columns get their types and annotations from a schema.</summary>
    public IDataView LoadFromEnumerable<TRow>(IEnumerable<TRow> data, DataViewSchema schema)
        where TRow : class
    {
        Environment.CheckValue(data, nameof(data));
        Environment.CheckValue(schema, nameof(schema));
        return new ObjectDataView<TRow>(Environment, data, SchemaDefinition.Create(typeof(TRow), schema));
    }

    /// <summary>The rows as objects; with <paramref name="reuseRowObject"/> always the same object with other values.</summary>
    public IEnumerable<TRow> CreateEnumerable<TRow>(
        IDataView data, bool reuseRowObject, bool ignoreMissingColumns = false, SchemaDefinition? schemaDefinition = null)
        where TRow : class, new()
    {
        Environment.CheckValue(data, nameof(data));
        IHost host = Environment.Register("TypedCursorable");
        return Rows(data, new ObjectSetters<TRow>(host, data.Schema, ignoreMissingColumns, schemaDefinition), reuseRowObject);
    }

    private static IEnumerable<TRow> Rows<TRow>(IDataView data, ObjectSetters<TRow> setters, bool reuseRowObject)
        where TRow : class, new()
    {
        using DataViewRowCursor cursor = data.GetRowCursor(setters.Columns);
        Action<TRow> fill = setters.For(cursor);
        TRow? row = null;
        while (cursor.MoveNext())
        {
            if (!reuseRowObject || row == null)
                row = new TRow();
            fill(row);
            yield return row;
        }
    }
}
