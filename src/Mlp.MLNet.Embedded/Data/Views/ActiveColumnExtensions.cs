namespace Microsoft.ML.Data;

/// <summary>From flags per column back to columns.</summary>
internal static class ActiveColumnExtensions
{
    /// <summary>The active columns, also of another schema with the same layout.</summary>
    public static IEnumerable<DataViewSchema.Column> Active(this DataViewSchema schema, bool[] isActive)
        => schema.Where(column => isActive[column.Index]);
}
