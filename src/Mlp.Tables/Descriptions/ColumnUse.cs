namespace Mlp.Tables.Descriptions;

/// <summary>What a reader of rows is asked for in a column.</summary>
internal enum ColumnUse
{
    /// <summary>Nothing: it need not be read.</summary>
    None,

    /// <summary>Numbers as <see cref="float"/>; texts alone where the type says nothing of numbers.</summary>
    Single,

    /// <summary>Everything.</summary>
    Any,
}
