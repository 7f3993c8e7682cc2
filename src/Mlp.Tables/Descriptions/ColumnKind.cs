namespace Mlp.Tables;

/// <summary>What a column of a table is.</summary>
public enum ColumnKind
{
    /// <summary>A quantity: read as <see cref="float"/>, missing values as NaN.</summary>
    Number,

    /// <summary>A text or code whose values repeat, however many there are: read as text, missing values as the empty text.</summary>
    Category,

    /// <summary>A date, with or without a time: read as <see cref="float"/>, days since 1970-01-01 UTC, missing values as NaN.</summary>
    Date,

    /// <summary>An identifier, with a different value in (nearly) every row: left out.</summary>
    Identifier,

    /// <summary>Free text of several words: read as text, missing values as the empty text.</summary>
    Text,

    /// <summary>One value in every row, or none: left out.</summary>
    Constant,

    /// <summary>Left out because the user said so.</summary>
    Ignored,

    /// <summary>What is to be predicted.</summary>
    Label,

    /// <summary>Says for each row whether it is for training or testing; the user named the column.</summary>
    Split,

    /// <summary>Numbers or dates whose form is not read, such as 1,234,567 or 01/02/2020 alone: left out.</summary>
    Unreadable,
}
