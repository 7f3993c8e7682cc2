using System.Numerics;
using Mlp.Data;

namespace Mlp.Training;

/// <summary>
/// How far a step moves what is learnt of a category's value: n³ / (n³ + k³) of what the optimizer says for a value that n of the training
/// rows have; of L-BFGS, whose steps are those of all parameters together, it is what the first inverse Hessian has for the value. So the
/// numbers of a rare value stay near those of an unknown one: from some five rows little can be learnt, and steps as
/// long as those of other values would learn the rows by heart.
/// </summary>
/// <remarks>
/// Form and k by inner validation; docs/quality.md tells how. A row counts as its example weight, relative to the mean of all that are
/// not 0: the loss is a weighted mean, too, so weights times a constant are the same weights.
/// </remarks>
internal sealed class CategoryRates
{
    /// <summary>k: a value of so many rows moves by half a step.</summary>
    public const double PriorRowCount = 25;

    // Of each value of each category, values one after the other.
    private readonly double[] _rates;
    private readonly int _firstOffset;
    private readonly int[] _offsets, _widths, _starts;

    private CategoryRates(double[] rates, ParameterTensor[] tables)
    {
        _rates = rates;
        _offsets = [.. tables.Select(table => table.Offset)];
        _widths = [.. tables.Select(table => table.ColumnCount)];
        _starts = new int[tables.Length];
        for (int category = 1; category < tables.Length; category++)
            _starts[category] = _starts[category - 1] + tables[category - 1].RowCount;
        _firstOffset = _offsets[0];
        End = tables[^1].Offset + tables[^1].Length;
    }

    /// <summary>Where the parameters of the categories' values end.</summary>
    private int End { get; }

    /// <summary>Null for a network without categories.</summary>
    /// <param name="network">Has the categories.</param>
    /// <param name="rows">To be trained on.</param>
    /// <param name="checkCancellation">Called before every portion of rows; what it throws ends the work. Null for nothing.</param>
    public static CategoryRates? Of<T>(Network<T> network, IRowSource<T> rows, Action? checkCancellation = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ParameterTensor[] tables = [.. network.Parameters.Tensors.Where(tensor => tensor is { IsTable: true, Input: not null })];
        if (tables.Length == 0)
            return null;
        double[][] counts = [.. tables.Select(table => new double[table.RowCount])];
        double weightSum = 0;
        long rowCount = 0;
        var batches = new MiniBatches<T>(rows, FeatureRows.PortionOf(rows), random: null);
        batches.StartEpoch();
        while (batches.MoveNext())
        {
            checkCancellation?.Invoke();
            ReadOnlySpan<int> categories = batches.Inputs.Categories;
            ReadOnlySpan<T> exampleWeights = batches.ExampleWeights;
            for (int row = 0; row < exampleWeights.Length; row++)
            {
                double weight = double.CreateTruncating(exampleWeights[row]);
                weightSum += weight;
                rowCount += weight > 0 ? 1 : 0;
                for (int category = 0; category < tables.Length; category++)
                {
                    if (categories[row * tables.Length + category] is > 0 and int value)
                        counts[category][value - 1] += weight;
                }
            }
        }
        double meanWeight = weightSum > 0 ? weightSum / rowCount : 1;
        return new CategoryRates([.. counts.SelectMany(values => values).Select(count => RateOf(count / meanWeight))], tables);
    }

    /// <summary>The rates of all parameters: 1 for those that are of no category's value.</summary>
    public double[] ToArray(int parameterCount)
    {
        var rates = new double[parameterCount];
        Array.Fill(rates, 1);
        for (int category = 0; category < _offsets.Length; category++)
        {
            int next = category + 1 < _starts.Length ? _starts[category + 1] : _rates.Length, width = _widths[category];
            for (int value = _starts[category]; value < next; value++)
                rates.AsSpan(_offsets[category] + (value - _starts[category]) * width, width).Fill(_rates[value]);
        }
        return rates;
    }

    private static double RateOf(double count) => Cube(count) / (Cube(count) + Cube(PriorRowCount));

    private static double Cube(double value) => value * value * value;

    /// <summary>The rate of the row of a table that begins at an offset of the parameters; 1 for rows of sparse slots.</summary>
    public double At(int offset)
    {
        if (offset < _firstOffset || offset >= End)
            return 1;
        int category = Array.BinarySearch(_offsets, offset);
        category = category >= 0 ? category : ~category - 1;
        return _rates[_starts[category] + (offset - _offsets[category]) / _widths[category]];
    }
}
