namespace Mlp.Tables.Inference;

/// <summary>Whether the numbers of a column can be read, and with which decimal mark.</summary>
internal enum NumberReading
{
    /// <summary>There are no numbers.</summary>
    None,

    /// <summary>With a decimal point, or whole.</summary>
    Point,

    /// <summary>With a decimal comma.</summary>
    Comma,

    /// <summary>Some with a decimal comma, some with a point.</summary>
    MixedMarks,

    /// <summary>Numbers of different currencies or units.</summary>
    MixedUnits,
}
