using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>What the cursors over views share: the checks on columns, value types and state.</summary>
internal abstract class ViewCursor(DataViewSchema schema) : RootCursor
{
    public sealed override DataViewSchema Schema { get; } = schema;

    /// <summary>The getter of an active column, of the type the column has.</summary>
    protected abstract Delegate GetGetterCore(DataViewSchema.Column column);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        Contracts.CheckParam(column.Index < Schema.Count, nameof(column), "requested column not valid.");
        Contracts.Check(IsColumnActive(column));
        var getter = GetGetterCore(column);
        if (getter is not ValueGetter<TValue> typed)
            throw Contracts.Except($"Invalid TValue in GetGetter: '{typeof(TValue)}', expected type: '{column.Type.RawType}'.");
        return (ref TValue value) =>
        {
            CheckGood();
            typed(ref value);
        };
    }
}
