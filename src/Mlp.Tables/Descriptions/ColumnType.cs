namespace Mlp.Tables.Descriptions;

/// <summary>What the schema of a source says of a column's values.</summary>
internal enum ColumnType
{
    /// <summary>Nothing: the texts tell.</summary>
    Unknown,

    /// <summary>Whole numbers, which can be quantities, codes or identifiers.</summary>
    Integer,

    /// <summary>Numbers with fractions: quantities.</summary>
    Number,

    /// <summary>true or false.</summary>
    Boolean,

    /// <summary>A day, with or without a time.</summary>
    Date,

    /// <summary>Texts, whatever they look like.</summary>
    Text,

    /// <summary>Bytes, from which nothing is learnt.</summary>
    Bytes,
}
