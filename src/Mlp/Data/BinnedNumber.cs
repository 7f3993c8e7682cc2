namespace Mlp.Data;

/// <summary>A number whose bins are a category, too.</summary>
/// <param name="Number">Which of the dense numbers, zero-based.</param>
/// <param name="Edges">Ascending, finite, at least one, exact in single precision: what is below the first one is in the first
/// bin.</param>
internal sealed record BinnedNumber(int Number, double[] Edges)
{
    /// <summary>Bins: one more than edges.</summary>
    public int ValueCount => Edges.Length + 1;

    /// <summary>The value of the category: 1 for the first bin; 0, which stands for an unknown value, for NaN.</summary>
    public int ValueOf(double number)
    {
        if (double.IsNaN(number))
            return 0;
        // An edge is the first number of its bin.
        int index = Array.BinarySearch(Edges, number);
        return index >= 0 ? index + 2 : ~index + 1;
    }
}
