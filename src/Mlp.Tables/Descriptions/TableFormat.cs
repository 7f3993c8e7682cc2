namespace Mlp.Tables;

/// <summary>What a table is read from.</summary>
public enum TableFormat
{
    /// <summary>A file of text, one row per line: CSV and its relatives.</summary>
    Text,

    /// <summary>Parquet files, whose schema says the types of the columns.</summary>
    Parquet,

    /// <summary>What a database answers a query with.</summary>
    Query,
}
