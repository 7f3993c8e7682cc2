using Microsoft.ML;

namespace Mlp.MLNet.Scoring;

/// <summary>Which columns of a row were asked for.</summary>
internal sealed class ActiveColumns
{
    private readonly DataViewSchema _schema;
    private readonly bool[] _isActive;

    public ActiveColumns(DataViewSchema schema, IEnumerable<DataViewSchema.Column> columns)
    {
        _schema = schema;
        _isActive = new bool[schema.Count];
        foreach (DataViewSchema.Column column in columns)
            _isActive[column.Index] = true;
    }

    /// <summary>The columns, first one first.</summary>
    public IEnumerable<DataViewSchema.Column> All => _schema.Where(column => _isActive[column.Index]);

    public bool Contains(DataViewSchema.Column column) => column.Index < _isActive.Length && _isActive[column.Index];

    /// <exception cref="ArgumentOutOfRangeException">The column is not active.</exception>
    public void Check(DataViewSchema.Column column)
    {
        if (!Contains(column))
        {
            throw new ArgumentOutOfRangeException(
                nameof(column),
                $"Column '{column.Name}' is not active. Name it among the columns needed when asking for the cursor or row.");
        }
    }

    /// <exception cref="InvalidOperationException">The column holds values of another type.</exception>
    public ValueGetter<TValue> Cast<TValue>(DataViewSchema.Column column, Delegate? getter) =>
        getter as ValueGetter<TValue> ?? throw new InvalidOperationException(
            $"Column '{_schema[column.Index].Name}' holds {_schema[column.Index].Type.RawType}; a getter of {typeof(TValue)} "
                + "was asked for.");
}
