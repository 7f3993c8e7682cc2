using System.Globalization;
using System.Numerics;
using Mlp.Networks;

namespace Mlp.Models;

/// <summary>Which tensor is which layer's, by the names that a torch.nn.Sequential of torch.nn.Linear gives them.</summary>
internal static class SafeTensorsLayers
{
    private const string Weight = "weight", Bias = "bias";

    // What the names of tensors begin with that come before the layers, and that no Sequential has.
    private const string Embedding = "embedding", Missing = "missing", Category = "category", Sparse = "sparse";

    /// <summary>Names, shapes and numbers of a network, in the order in which they are written.</summary>
    /// <remarks>A layer's activation is a module of its own in a Sequential, and so takes an index; the identity is none.</remarks>
    public static IEnumerable<(string Name, long[] Shape, ReadOnlyMemory<T> Values)> Of<T>(Network<T> network, string prefix)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach ((string name, long[] shape, ReadOnlyMemory<T> values) in OfInputs(network))
            yield return (prefix + name, shape, values);
        if (network.Embedding is { } embedding)
        {
            (long columns, long frequencies, long outputs) =
                (embedding.Columns.Count, embedding.FrequencyCount, embedding.OutputsPerColumn);
            yield return ($"{prefix}{Embedding}.frequencies", [columns, frequencies], embedding.Frequencies.ToArray());
            yield return ($"{prefix}{Embedding}.phases", [columns, frequencies], embedding.Phases.ToArray());
            yield return ($"{prefix}{Embedding}.{Weight}", [columns, outputs, frequencies], embedding.Weights.ToArray());
            yield return ($"{prefix}{Embedding}.{Bias}", [columns, outputs], embedding.Biases.ToArray());
        }
        int index = 0;
        foreach (DenseLayer<T> layer in network.Layers)
        {
            yield return ($"{prefix}{index}.{Weight}", [layer.UnitCount, layer.InputCount], layer.Weights.ToArray());
            T[] biases = layer == network.Layers[^1] ? LastBiases(network) : layer.Biases.ToArray();
            if (biases.Length > 0)
                yield return ($"{prefix}{index}.{Bias}", [layer.UnitCount], biases);
            index += layer.Activation == Activation.Identity ? 1 : 2;
        }
    }

    /// <summary>What is learnt of missing numbers and categories, and the weights of sparse slots.</summary>
    private static IEnumerable<(string Name, long[] Shape, ReadOnlyMemory<T> Values)> OfInputs<T>(Network<T> network)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        InputDescription inputs = network.Inputs;
        if (inputs.MissingColumns.Count > 0)
            yield return ($"{Missing}.values", [inputs.MissingColumns.Count], network.Encoder!.MissingValues.ToArray());
        for (int index = 0; index < inputs.Categories.Count; index++)
        {
            (long values, long width) = (inputs.Categories[index].ValueCount, inputs.Categories[index].Width);
            yield return ($"{CategoryName(index)}.unknown", [width], network.Encoder!.Base(index).ToArray());
            yield return ($"{CategoryName(index)}.{Weight}", [values, width], network.Encoder.Table(index).ToArray());
        }
        if (inputs.SparseCount > 0)
        {
            yield return (
                $"{Sparse}.{Weight}", [inputs.SparseCount, network.Layers[0].UnitCount], network.Layers[0].SparseWeights.ToArray());
        }
    }

    /// <summary>What the names of a category's tensors begin with.</summary>
    /// <param name="index">Zero-based, as in the names.</param>
    public static string CategoryName(int index) => $"{Category}{index}";

    /// <summary>With the output offsets, which have no other place in a Sequential.</summary>
    private static T[] LastBiases<T>(Network<T> network)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ReadOnlySpan<T> biases = network.Layers[^1].Biases;
        T[] shifted = biases.IsEmpty ? new T[network.OutputOffsets.Count] : biases.ToArray();
        network.AddOutputOffsets(shifted);
        return shifted;
    }

    /// <summary>The layers among the tensors of a file, first hidden layer first. Their sizes fit each other and their bytes.</summary>
    /// <param name="entries">Of the file.</param>
    /// <param name="prefix">Of the names that count; tensors of other names are left out.</param>
    /// <exception cref="SafeTensorsException">There are none, or they are not those of layers one after another.</exception>
    public static List<(SafeTensorsEntry Weights, SafeTensorsEntry? Biases)> Find(IReadOnlyList<SafeTensorsEntry> entries, string prefix)
    {
        var layers = new SortedDictionary<int, (SafeTensorsEntry? Weights, SafeTensorsEntry? Biases)>();
        foreach (SafeTensorsEntry entry in entries.Where(entry => entry.Name.StartsWith(prefix, StringComparison.Ordinal)))
        {
            (int index, bool isBias) = ParseName(entry, prefix);
            CheckTensor(entry, isBias);
            (SafeTensorsEntry? weights, SafeTensorsEntry? biases) = layers.GetValueOrDefault(index);
            layers[index] = isBias ? (weights, entry) : (entry, biases);
        }
        if (layers.Count is 0 or > ModelFile.MaxLayerCount)
        {
            throw new SafeTensorsException(
                $"Safetensors file has {layers.Count:N0} layers with the prefix {SafeTensorsEntry.Quote(prefix)}; 1 to "
                    + $"{ModelFile.MaxLayerCount:N0} are possible.",
                SafeTensorsHeader.PrefixLength);
        }
        var result = new List<(SafeTensorsEntry, SafeTensorsEntry?)>();
        SafeTensorsEntry? previous = null;
        foreach ((int index, (SafeTensorsEntry? weights, SafeTensorsEntry? biases)) in layers)
        {
            if (weights is null)
                throw new SafeTensorsException(
                    $"Safetensors file has {biases!.Description}, and no {index}.{Weight} to go with it.", biases.Position);
            if (biases is not null && biases.Shape[0] != weights.Shape[0])
                throw new SafeTensorsException(
                    $"Safetensors file has {biases.Description} for {weights.Description}; each row needs one number.", biases.Position);
            if (previous is not null && weights.Shape[1] != previous.Shape[0])
            {
                throw new SafeTensorsException(
                    $"Safetensors file has {weights.Description} after {previous.Description}; a layer has as many columns as the one "
                        + "before has rows.",
                    weights.Position);
            }
            previous = weights;
            result.Add((weights, biases));
        }
        return result;
    }

    /// <summary>prefix + index + ".weight" or ".bias".</summary>
    private static (int Index, bool IsBias) ParseName(SafeTensorsEntry entry, string prefix)
    {
        ReadOnlySpan<char> rest = entry.Name.AsSpan(prefix.Length);
        int point = rest.IndexOf('.');
        if (point > 0 && (rest[0] != '0' || point == 1)
            && int.TryParse(rest[..point], NumberStyles.None, CultureInfo.InvariantCulture, out int index)
            && rest[(point + 1)..] is Weight or Bias)
        {
            return (index, rest[(point + 1)..] is Bias);
        }
        if (point > 0 && (rest[..point] is Embedding or Missing or Sparse || rest[..point].StartsWith(Category, StringComparison.Ordinal)))
        {
            throw new SafeTensorsException(
                $"Safetensors file has {entry.Description}, which a network has before its layers; only layers are read from such files. "
                    + "Keep such a network in a model file.",
                entry.Position);
        }
        throw new SafeTensorsException(
            $"Safetensors file has {entry.Description}, which is no part of a torch.nn.Sequential of torch.nn.Linear with the prefix "
                + $"{SafeTensorsEntry.Quote(prefix)}: 0.weight, 0.bias, 2.weight, ... Give the prefix of the part that is one.",
            entry.Position);
    }

    private static void CheckTensor(SafeTensorsEntry entry, bool isBias)
    {
        int rank = isBias ? 1 : 2;
        if (entry.ElementSize == 0)
            throw new SafeTensorsException(
                $"Safetensors file has {entry.Description}; layers are of F64, F32, F16 or BF16.", entry.Position);
        if (entry.Shape.Length != rank || entry.Shape.Any(size => size is < 1 or > int.MaxValue))
        {
            throw new SafeTensorsException(
                $"Safetensors file has {entry.Description}; a {(isBias ? Bias : Weight)} has {rank} {(isBias ? "size" : "sizes")} from 1 "
                    + $"to {int.MaxValue:N0}.",
                entry.Position);
        }
        // Both below 2^31: the product fits.
        long count = entry.Shape.Aggregate(1L, (product, size) => product * size);
        if (count > Array.MaxLength || count * entry.ElementSize != entry.End - entry.Begin)
        {
            throw new SafeTensorsException(
                $"Safetensors file has {entry.End - entry.Begin:N0} bytes for {entry.Description}, which takes "
                    + $"{(Int128)count * entry.ElementSize:N0}; at most {Array.MaxLength:N0} numbers are possible.",
                entry.Position);
        }
    }
}
