namespace Mlp.Tables.Inference;

/// <summary>How the numbers of a column are written.</summary>
internal enum NumberForm
{
    /// <summary>There are no numbers.</summary>
    None,

    /// <summary>With a decimal point, or whole.</summary>
    Point,

    /// <summary>With a decimal comma.</summary>
    Comma,

    /// <summary>With a comma or another mark between groups of three digits.</summary>
    Grouped,

    /// <summary>Some with a decimal comma, some with a point.</summary>
    Mixed,
}
