using Mlp.Scoring.Files;

namespace Mlp.Scoring.Networks;

/// <summary>What the networks of a model have in common.</summary>
internal sealed class NetworkShape
{
    private const int MostParts = 1 << 24, MostLayers = 1024;

    public NetworkShape(WeightsReader reader, InputLayout layout)
    {
        Layout = layout;
        MissingColumns = reader.ReadIndices(
            reader.ReadInt32(0, layout.NumberCount, "number of columns with missing values"), layout.NumberCount,
            "columns with missing values");
        CategoryWidths = reader.ReadIndices(layout.CategoryCount, MostParts, "widths of categories");
        EncodedCount = Fitting(
            layout.NumberCount + (long)MissingColumns.Length + CategoryWidths.Sum(width => (long)width), "numbers of a row");
        int columnCount = reader.ReadInt32(0, EncodedCount, "number of periodic columns");
        WaveColumns = reader.ReadIndices(columnCount, EncodedCount, "periodic columns");
        (FrequencyCount, WaveOutputCount) =
            (reader.ReadInt32(0, MostParts, "number of frequencies"), reader.ReadInt32(0, MostParts, "outputs of a periodic column"));
        InputCount = Fitting(EncodedCount + (long)columnCount * WaveOutputCount, "inputs of the first layer");
        Layers = new LayerShape[reader.ReadInt32(1, MostLayers, "number of layers")];
        int fanIn = InputCount;
        for (int index = 0; index < Layers.Length; index++)
        {
            int units = reader.ReadInt32(1, MostParts, "units of a layer");
            var activation = reader.ReadName<ActivationKind>("activation of a layer");
            Layers[index] = new LayerShape(fanIn, units, activation, HasBiases: reader.ReadInt32(0, 1, "flag of biases") == 1);
            fanIn = units;
        }

        int Fitting(long count, string what) =>
            count <= MostParts ? (int)count : throw reader.Error($"{count:N0} {what}, at most {MostParts:N0},");
    }

    public InputLayout Layout { get; }

    /// <summary>Numbers that may be missing: each has a learnt value and an indicator.</summary>
    public int[] MissingColumns { get; }

    /// <summary>Numbers that stand for a value of each category.</summary>
    public int[] CategoryWidths { get; }

    /// <summary>Numbers, indicators, and those of categories.</summary>
    public int EncodedCount { get; }

    /// <summary>Which of these are shown a second time, as periodic functions.</summary>
    public int[] WaveColumns { get; }

    public int FrequencyCount { get; }

    public int WaveOutputCount { get; }

    /// <summary>Inputs of the first layer, but for sparse slots.</summary>
    public int InputCount { get; }

    public LayerShape[] Layers { get; }

    public int OutputCount => Layers[^1].Units;
}

/// <summary>A layer's size.</summary>
internal readonly record struct LayerShape(int Inputs, int Units, ActivationKind Activation, bool HasBiases);
