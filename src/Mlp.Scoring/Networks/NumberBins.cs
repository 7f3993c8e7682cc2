using Mlp.Scoring.Files;

namespace Mlp.Scoring.Networks;

/// <summary>A number whose bins are a category, too.</summary>
internal sealed class NumberBins
{
    private const int MostEdges = 1 << 20;

    private readonly float[] _edges;

    public NumberBins(WeightsReader reader, int numberCount)
    {
        Number = reader.ReadInt32(0, Math.Max(0, numberCount - 1), "number with bins");
        _edges = reader.ReadFloats(reader.ReadInt32(1, MostEdges, "number of edges of bins"), "edges of bins");
    }

    /// <summary>Which of the numbers.</summary>
    public int Number { get; }

    public int ValueCount => _edges.Length + 1;

    /// <summary>1 and one more for every edge that is not above the number; 0 for NaN.</summary>
    public int ValueOf(float number)
    {
        if (float.IsNaN(number))
            return 0;
        int index = Array.BinarySearch(_edges, number);
        return index >= 0 ? index + 2 : ~index + 1;
    }
}
