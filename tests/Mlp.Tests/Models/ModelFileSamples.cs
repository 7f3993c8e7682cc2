using System.Numerics;
using Mlp.TestSupport;

namespace Mlp.Tests.Models;

/// <summary>Models to write.</summary>
internal static class ModelFileSamples
{
    /// <summary>2-3-2-1 with scaling and two epochs of history; the middle layer has no biases.</summary>
    public static Model<T> Small<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var network = Network<T>.Create(
            2, [Layer.Dense(3, Activation.Gelu), Layer.Dense(2, Activation.Softplus) with { HasBiases = false }, Layer.Dense(1)], seed: 1);
        return new Model<T>(
            network,
            new FeatureScaling<T>(FixtureNetworks.Convert<T>([0.1, -2]), FixtureNetworks.Convert<T>([3, 0])),
            OutputLink.Softmax,
            [new EpochResult(1, 5, 0.1, null, 0.01, 1.5, 0.25),
                new EpochResult(2, 5, 1e-300, 0.7, 0.01, double.NaN, 0.5) { ValidationMetric = 0.875 }]);
    }

    /// <summary>Everything a file can hold: three networks with an embedding, a limit, a temperature, and for values a range and
    /// offsets.</summary>
    public static Model<T> Full<T>(OutputLink link)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] three = FixtureNetworks.Convert<T>([0.5, 1, 2]), minus = FixtureNetworks.Convert<T>([-1, -2]),
            plus = FixtureNetworks.Convert<T>([1, 0]);
        Network<T>[] networks = [.. Enumerable.Range(0, 3).Select(seed => Network<T>.Create(
            3, [Layer.PeriodicEmbedding([0, 2], frequencies: 4, outputs: 2), Layer.Dense(5, Activation.Silu), Layer.Dense(2)], seed))];
        if (link == OutputLink.Identity)
            (networks[0].OutputOffsets, networks[2].OutputOffsets) = ([2_460_000.5, -1], [1e-3, 0]);
        return new Model<T>(
            networks, new FeatureScaling<T>(three, three, T.CreateChecked(3)), link,
            [new EpochResult(1, 80, 0.5, 0.25, 0.125, 1, 2) { NetworkIndex = 0 },
                new EpochResult(1, 80, 0.5, null, 0.125, 1, 2) { NetworkIndex = 5 }])
        {
            Temperature = 0.875,
            Range = link == OutputLink.Identity ? new TargetRange<T>(minus, plus) : null,
        };
    }

    public static byte[] Bytes<T>(Model<T> model)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var stream = new MemoryStream();
        ModelFile.Write(stream, model);
        return stream.ToArray();
    }
}
