using Microsoft.ML.Data;

namespace Mlp.Soak.RandomTrainings;

/// <summary>A row with a label for every task.</summary>
internal sealed class CaseRow
{
    public VBuffer<float> Raw { get; set; }

    public string Category { get; set; } = "";

    public float Weight { get; set; } = 1;

    public bool Flag { get; set; }

    [KeyType(3)]
    public uint Class { get; set; }

    public float Number { get; set; }

    [VectorType(2)]
    public float[] Numbers { get; set; } = [];

    [VectorType(3)]
    public bool[] Flags { get; set; } = [];
}
