using System.Numerics;
using Mlp.Networks;
using Mlp.Numerics;
using Mlp.State;

namespace Mlp;

/// <content>The shape of the networks, and their parameters, which have to fit it.</content>
public static partial class ModelFile
{
    private const int LayerSize = 8;

    private static void WriteArchitecture<T>(LittleEndianWriter writer, Network<T> network)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        writer.WriteInt32(network.InputCount);
        writer.WriteInt32(network.Layers.Count);
        foreach (DenseLayer<T> layer in network.Layers)
        {
            writer.WriteInt32(layer.UnitCount);
            writer.WriteByte((byte)layer.Activation);
            writer.WriteBoolean(layer.BiasTensor is not null);
            writer.WriteUInt16(0);
        }
        writer.WriteInt32(network.Embedding?.Columns.Count ?? 0);
        if (network.Embedding is not { } embedding)
            return;
        writer.WriteInt32(embedding.FrequencyCount);
        writer.WriteInt32(embedding.OutputsPerColumn);
        foreach (int column in embedding.Columns)
            writer.WriteInt32(column);
    }

    private static Architecture ReadArchitecture(LittleEndianReader reader, int version)
    {
        reader.StartSection("architecture", 8);
        int inputCount = reader.ReadCount("inputs", minimum: version < VersionWithInputs ? 1 : 0, maximum: Array.MaxLength);
        int layerCount = reader.ReadCount("layers", minimum: 1, maximum: MaxLayerCount);
        reader.StartSection("architecture", layerCount * LayerSize);
        var layers = new DenseLayerDescription[layerCount];
        for (int index = 0; index < layerCount; index++)
        {
            int units = reader.ReadCount($"units of layer {index + 1}", minimum: 1, maximum: Array.MaxLength);
            var activation = (Activation)reader.ReadByte();
            if (!Enum.IsDefined(activation))
            {
                throw reader.Error(
                    $"Model file names activation {(int)activation} for layer {index + 1}; the last one is "
                        + $"{(int)Enum.GetValues<Activation>()[^1]}.");
            }
            bool hasBiases = reader.ReadBoolean($"biases of layer {index + 1}");
            if (reader.ReadUInt16() != 0)
                throw reader.Error($"Model file has a value other than 0 in the reserved field of layer {index + 1}.");
            layers[index] = Layer.Dense(units, activation) with { HasBiases = hasBiases };
        }
        if (version < 2)
            return new Architecture(new InputDescription(inputCount), Embedding: null, layers, NetworkCount: 1);
        PeriodicEmbeddingDescription? embedding = ReadEmbedding(reader, inputCount);
        reader.StartSection("architecture", 4);
        return new Architecture(
            new InputDescription(inputCount), embedding, layers,
            reader.ReadCount($"networks of {layerCount:N0} layers", minimum: 1, MaxLayersOfAllNetworks / layerCount));
    }

    private static PeriodicEmbeddingDescription? ReadEmbedding(LittleEndianReader reader, int inputCount)
    {
        reader.StartSection("embedding", 4);
        int columnCount = reader.ReadCount("columns of the embedding", minimum: 0, maximum: inputCount);
        if (columnCount == 0)
            return null;
        reader.StartSection("embedding", 8 + 4L * columnCount);
        int frequencies = reader.ReadCount("frequencies", minimum: 1, maximum: Array.MaxLength);
        int outputs = reader.ReadCount("outputs of the embedding", minimum: 1, maximum: Array.MaxLength);
        // A list, which grows as the columns arrive: so far their number is a mere claim.
        var columns = new List<int>();
        while (columns.Count < columnCount)
            columns.Add(reader.ReadCount(
                "as the next column of the embedding", minimum: columns.Count == 0 ? 0 : columns[^1] + 1, maximum: inputCount - 1));
        return Layer.PeriodicEmbedding(columns, frequencies, outputs);
    }

    /// <summary>The parameters arrive before the network that holds them is made: until then the architecture is a mere claim.</summary>
    private static Network<T> ReadParameters<T>(LittleEndianReader reader, Architecture architecture)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var parts = new List<T[]>();
        long fanIn = architecture.Inputs.EncodedCount;
        InputDescription inputs = architecture.Inputs;
        if (architecture.Embedding is { } embedding)
        {
            // Bounded first: the product of large claims does not fit in a long.
            long perColumn = embedding.Frequencies * (2L + embedding.Outputs) + embedding.Outputs;
            if (perColumn > Array.MaxLength)
                throw reader.Error(
                    $"Model file claims {perColumn:N0} parameters per column of the embedding; at most {Array.MaxLength:N0} are possible.");
            parts.Add(reader.ReadValues<T>(embedding.Columns.Count * perColumn, $"embedding of {embedding.Columns.Count:N0} inputs"));
            fanIn += (long)embedding.Columns.Count * embedding.Outputs;
        }
        for (int index = 0; index < architecture.Layers.Length; index++)
        {
            DenseLayerDescription layer = architecture.Layers[index];
            if (fanIn > Array.MaxLength)
                throw reader.Error($"Model file claims {fanIn:N0} inputs of layer {index + 1}; at most {Array.MaxLength:N0} are possible.");
            parts.Add(reader.ReadValues<T>(layer.Units * fanIn, $"weights of layer {index + 1} ({layer.Units} x {fanIn})"));
            if (layer.HasBiases)
                parts.Add(reader.ReadValues<T>(layer.Units, $"biases of layer {index + 1} ({layer.Units})"));
            fanIn = layer.Units;
        }
        if (inputs.MissingColumns.Count > 0)
            parts.Add(reader.ReadValues<T>(inputs.MissingColumns.Count, "values of missing numbers"));
        foreach (CategoryDescription category in inputs.Categories)
            parts.Add(reader.ReadValues<T>(category.Width, "embedding of unknown values"));
        foreach (CategoryDescription category in inputs.Categories)
            parts.Add(reader.ReadValues<T>((long)category.ValueCount * category.Width, $"embedding of {category.ValueCount:N0} values"));
        if (inputs.SparseCount > 0)
        {
            parts.Add(reader.ReadValues<T>(
                (long)inputs.SparseCount * architecture.Layers[0].Units, $"weights of {inputs.SparseCount:N0} sparse slots"));
        }
        if (parts.Sum(part => (long)part.Length) > Limits.ArrayLength)
            throw reader.Error($"Model file holds more parameters than the {Array.MaxLength:N0} that fit in an array.");
        var network = Network<T>.CreateBlank(architecture.Inputs, architecture.Embedding, architecture.Layers);
        Span<T> values = network.Parameters.Values;
        foreach (T[] part in parts)
        {
            part.CopyTo(values);
            values = values[part.Length..];
        }
        return network;
    }

    /// <summary>What a file says of the shape of its networks, before it is known to hold them.</summary>
    private sealed record Architecture(
        InputDescription Inputs, PeriodicEmbeddingDescription? Embedding, DenseLayerDescription[] Layers, int NetworkCount);
}
