namespace Mlp.Benchmarks;

/// <summary>What a training meets. All but the first leave weights without a gradient for a thousand steps and more, so that whatever is
/// kept of their gradients decays as far as it can.</summary>
internal enum RowKind
{
    /// <summary>Every number of every row is drawn from a normal distribution.</summary>
    Normal,

    /// <summary>One 1 in each row, in one of a few columns; every other column has its 1 in a single row of the table.</summary>
    OneHot,

    /// <summary>The same with normal numbers for the ones.</summary>
    MostlyZero,

    /// <summary>Normal numbers; half of the units of the first layer die after a hundred steps.</summary>
    DyingUnits,
}
