using System.Numerics;

namespace Mlp;

/// <summary>What a training leaves behind: the network, the scaling of its features, and how the training went.</summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class Model<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Puts the parts together.</summary>
    /// <param name="network">Trained on scaled features.</param>
    /// <param name="scaling">One value per input of the network; null for a network that takes features as they are.</param>
    /// <param name="link">What turns the network's outputs into predictions.</param>
    /// <param name="history">One report per epoch; empty unless given.</param>
    /// <exception cref="ArgumentException">Scaling and network have different numbers of features.</exception>
    public Model(Network<T> network, FeatureScaling<T>? scaling = null, OutputLink link = OutputLink.Identity, IReadOnlyList<EpochReport>? history = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (scaling is not null && scaling.Offsets.Length != network.InputCount)
        {
            throw new ArgumentException(
                $"The scaling is for {scaling.Offsets.Length} features, the network has {network.InputCount} inputs.", nameof(scaling));
        }
        Network = network;
        Scaling = scaling;
        Link = link;
        History = history ?? [];
    }

    /// <summary>Layers and parameters.</summary>
    public Network<T> Network { get; }

    /// <summary>Applied to features before they enter the network; null for none.</summary>
    public FeatureScaling<T>? Scaling { get; }

    /// <summary>What turns the network's outputs into predictions.</summary>
    public OutputLink Link { get; }

    /// <summary>One report per epoch, first epoch first.</summary>
    public IReadOnlyList<EpochReport> History { get; }
}
