using System.Numerics;

namespace Mlp.Networks;

/// <summary>Networks of different hidden layers in one shape, so that a model can hold them side by side.</summary>
/// <remarks>
/// A unit that is added has weights of 0 on both sides. A layer that is added repeats the one before it: with weights of 1 from each unit
/// to its double, and an activation f with f(f(z)) = f(z), as Relu's. Each network gives what it gave before; sums may be rounded
/// otherwise.
/// </remarks>
internal static class PaddedNetwork
{
    /// <summary>The hidden layers that hold all of these.</summary>
    /// <param name="sizes">Units of the hidden layers of each network.</param>
    public static int[] CommonSizes(IReadOnlyList<IReadOnlyList<int>> sizes)
    {
        int depth = sizes.Max(one => one.Count);
        return [.. Enumerable.Range(0, depth).Select(layer => sizes.Max(one => one.Count == 0 ? 0 : one[Math.Min(layer, one.Count - 1)]))];
    }

    /// <summary>Whether networks of different depth can have one shape.</summary>
    public static bool CanRepeat(Activation activation) => activation is Activation.Relu or Activation.Identity;

    /// <summary>A network that computes the same with wider and more hidden layers.</summary>
    /// <param name="network">Not changed.</param>
    /// <param name="hiddenSizes">At least as many layers, each with at least as many units as the network's own there, or its last hidden
    /// layer where it has none.</param>
    /// <exception cref="ArgumentException">A size is smaller, or a layer would be added after an activation that does not allow
    /// it.</exception>
    public static Network<T> Create<T>(Network<T> network, IReadOnlyList<int> hiddenSizes)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int hiddenCount = network.Layers.Count - 1;
        if (network.Layers.Take(hiddenCount).Select(layer => layer.UnitCount).SequenceEqual(hiddenSizes))
            return network;
        if (hiddenCount == 0 || hiddenSizes.Count < hiddenCount)
        {
            throw new ArgumentException(
                $"The network has {hiddenCount} hidden layers, and {hiddenSizes.Count} were asked for; there must be at least as many, "
                    + "and one at least.", nameof(hiddenSizes));
        }
        Activation repeated = network.Layers[hiddenCount - 1].Activation;
        if (hiddenSizes.Count > hiddenCount && !CanRepeat(repeated))
            throw new ArgumentException($"A layer after {repeated} changes the network; Relu and Identity allow it.", nameof(hiddenSizes));
        for (int layer = 0; layer < hiddenSizes.Count; layer++)
        {
            int units = network.Layers[Math.Min(layer, hiddenCount - 1)].UnitCount;
            if (hiddenSizes[layer] < units)
            {
                throw new ArgumentException(
                    $"hiddenSizes[{layer}] is {hiddenSizes[layer]}; the network needs at least {units} units there.", nameof(hiddenSizes));
            }
        }
        DenseLayer<T> last = network.Layers[^1];
        var padded = Network<T>.CreateBlank(
            network.Inputs, network.Embedding?.Describe(),
            [
                .. hiddenSizes.Select((units, layer) => Describe(network.Layers[Math.Min(layer, hiddenCount - 1)], units)),
                Describe(last, last.UnitCount),
            ]);
        foreach ((ParameterTensor from, ParameterTensor to) in
            network.Parameters.Tensors.Where(IsBeforeLayers).Zip(padded.Parameters.Tensors.Where(IsBeforeLayers)))
            network.Parameters[from].CopyTo(padded.Parameters[to]);
        for (int layer = 0; layer < hiddenCount; layer++)
            Copy(network.Layers[layer], padded.Layers[layer]);
        for (int layer = hiddenCount; layer < hiddenSizes.Count; layer++)
        {
            DenseLayer<T> repeating = padded.Layers[layer];
            for (int unit = 0; unit < network.Layers[hiddenCount - 1].UnitCount; unit++)
                repeating.Weights[unit * repeating.InputCount + unit] = T.One;
        }
        Copy(last, padded.Layers[^1]);
        padded.OutputOffsets = network.OutputOffsets;
        return padded;
    }

    private static bool IsBeforeLayers(ParameterTensor tensor) => tensor.EmbeddingPart is not null || tensor.Input is not null;

    private static DenseLayerDescription Describe<T>(DenseLayer<T> layer, int units)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        new(units, layer.Activation) { HasBiases = layer.BiasTensor is not null };

    /// <summary>Into the upper left corner.</summary>
    private static void Copy<T>(DenseLayer<T> from, DenseLayer<T> to)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CopyRows(from.Weights, from.InputCount, to.Weights, to.InputCount);
        from.Biases.CopyTo(to.Biases);
        if (from.SparseTensor is not null)
            CopyRows(from.SparseWeights, from.UnitCount, to.SparseWeights, to.UnitCount);
    }

    private static void CopyRows<T>(ReadOnlySpan<T> from, int fromWidth, Span<T> to, int toWidth)
    {
        for (int row = 0; row * fromWidth < from.Length; row++)
            from.Slice(row * fromWidth, fromWidth).CopyTo(to[(row * toWidth)..]);
    }
}
