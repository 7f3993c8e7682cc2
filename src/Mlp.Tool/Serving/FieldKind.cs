namespace Mlp.Tool.Serving;

/// <summary>What a column of a row is, and so what JSON has for it.</summary>
internal enum FieldKind
{
    /// <summary>A number.</summary>
    Number,

    /// <summary>A text that is a value of a list; a whole number, true and false stand for their text.</summary>
    Category,

    /// <summary>Any text.</summary>
    Text,

    /// <summary>A date as ISO 8601 has it, with or without a time.</summary>
    Date,
}
