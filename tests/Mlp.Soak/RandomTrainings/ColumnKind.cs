namespace Mlp.Soak.RandomTrainings;

/// <summary>What the numbers of a column are like.</summary>
public enum ColumnKind
{
    /// <summary>Near 0, of either sign.</summary>
    Normal,

    /// <summary>All the same.</summary>
    Constant,

    /// <summary>0 and 1.</summary>
    Flags,

    /// <summary>0 but for a few.</summary>
    MostlyZero,

    /// <summary>A million and a little more.</summary>
    Shifted,

    /// <summary>Up to the largest number of Single, of either sign.</summary>
    Huge,

    /// <summary>Denormal.</summary>
    Tiny,

    /// <summary>Of any size.</summary>
    AnySize,

    /// <summary>Normal, and NaN here and there.</summary>
    WithMissing,

    /// <summary>Normal, and infinite here and there.</summary>
    WithInfinite,
}
