namespace Microsoft.ML;

/// <summary>A row that moves through a data view, forward only.</summary>
public abstract class DataViewRowCursor : DataViewRow
{
    public abstract bool MoveNext();
}
