using System.Numerics;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Mlp.Data;
using Mlp.Networks;
using Mlp.Numerics;
using Mlp.State;
using Mlp.Training.Ensembles;

namespace Mlp;

/// <summary>
/// What a training leaves behind: one network, or several of the same shape whose predictions are averaged; the scaling of their
/// features; and how the training went.
/// </summary>
/// <remarks>
/// Several networks give mean probabilities (mean values where the outputs are no probabilities). So that one <see cref="Link"/> serves
/// all, a <see cref="Predictor{T}"/> gives them in the form of outputs: the logit of the mean probability, the logarithms of the mean
/// probabilities of classes, the mean value itself. Logits and logarithms are then divided by <see cref="Temperature"/>.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class Model<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Puts the parts of a model with one network together.</summary>
    /// <param name="network">Trained on scaled features.</param>
    /// <param name="scaling">One value per input of the network; null for a network that takes features as they are.</param>
    /// <param name="link">What turns the outputs into predictions.</param>
    /// <param name="history">One result per epoch; empty unless given.</param>
    /// <exception cref="ArgumentException">Scaling and network have different numbers of features.</exception>
    public Model(Network<T> network, FeatureScaling<T>? scaling = null, OutputLink link =
        OutputLink.Identity, IReadOnlyList<EpochResult>? history = null)
        : this([network], scaling, link, history)
    {
    }

    /// <summary>Puts the parts together.</summary>
    /// <param name="networks">At least one; of the same inputs, embedding, layers and activations. Trained on scaled features.</param>
    /// <param name="scaling">One value per input of the networks; null for networks that take features as they are.</param>
    /// <param name="link">What turns the outputs into predictions.</param>
    /// <param name="history">The results of all networks, network after network; empty unless given.</param>
    /// <exception cref="ArgumentException">There is no network, or they and the scaling do not fit each other.</exception>
    public Model(
        IReadOnlyList<Network<T>> networks, FeatureScaling<T>? scaling = null, OutputLink link = OutputLink.Identity,
        IReadOnlyList<EpochResult>? history = null)
    {
        ArgumentNullException.ThrowIfNull(networks);
        if (networks.Count == 0)
            throw new ArgumentException("There are no networks; a model has at least one.", nameof(networks));
        for (int index = 0; index < networks.Count; index++)
        {
            ArgumentNullException.ThrowIfNull(networks[index], nameof(networks));
            if (!networks[0].HasShapeOf(networks[index]))
                throw new ArgumentException(
                    $"Network {index} has another shape than the first one; those of a model are averaged.", nameof(networks));
            if (networks[index].OutputOffsets.Count > 0 && link != OutputLink.Identity)
            {
                throw new ArgumentException(
                    $"Network {index} has OutputOffsets, and the link is {link}; offsets are for values as they are. Set them to none.",
                    nameof(networks));
            }
        }
        if (scaling is not null && scaling.Offsets.Length != networks[0].InputCount)
        {
            throw new ArgumentException(
                $"The scaling is for {scaling.Offsets.Length} features, the network has {networks[0].InputCount} inputs.", nameof(scaling));
        }
        Networks = [.. networks];
        Network = networks[0];
        Scaling = scaling;
        Link = link;
        History = history ?? [];
    }

    /// <summary>Layers and parameters: at least one network, all of the same shape.</summary>
    public IReadOnlyList<Network<T>> Networks { get; }

    /// <summary>The first of the networks; all have its shape.</summary>
    public Network<T> Network { get; }

    /// <summary>Applied to features before they enter the networks; null for none.</summary>
    public FeatureScaling<T>? Scaling { get; }

    /// <summary>Features of a row as the model takes them: the slots of a vector.</summary>
    public int FeatureCount => Layout?.SlotCount ?? Network.InputCount;

    /// <summary>Which features are numbers, categories and sparse slots; null where all are numbers.</summary>
    internal FeatureLayout? Layout
    {
        get;
        init
        {
            if (value is not null)
                CheckFits(value);
            field = value;
        }
    }

    /// <summary>
    /// What stands for a number that is missing although none was in training, in scaled units: one value per number. Null where NaN makes
    /// the outputs NaN.
    /// </summary>
    internal T[]? Middles
    {
        get;
        init
        {
            if (value is not null && (value.Length != Network.InputCount || !value.All(T.IsFinite)))
            {
                throw new ArgumentException(
                    $"There are {value.Length} middles for {Network.InputCount} numbers; each needs one, finite.", nameof(Middles));
            }
            field = value;
        }
    }

    /// <summary>Applied to what the sparse slots hold; null for nothing.</summary>
    internal FeatureScaling<T>? SparseScaling
    {
        get;
        init
        {
            if (value is not null && value.Offsets.Length != Network.Inputs.SparseCount)
            {
                throw new ArgumentException(
                    $"The scaling is for {value.Offsets.Length} sparse slots, the network has {Network.Inputs.SparseCount}.",
                    nameof(SparseScaling));
            }
            field = value;
        }
    }

    /// <summary>What turns the outputs into predictions.</summary>
    public OutputLink Link { get; }

    /// <summary>
    /// What logits and logarithms of probabilities are divided by, in (0, ∞). Default: 1, which changes nothing. Below 1 predictions
    /// become more certain. Outputs with another link do not know it. See <see cref="TemperatureScaling"/>.
    /// </summary>
    public double Temperature
    {
        get;
        init
        {
            RangeCheck.Positive(value, nameof(Temperature));
            field = value;
        }
    } = 1;

    /// <summary>Predictions do not leave it; null for no bounds. Only with <see cref="OutputLink.Identity"/>.</summary>
    public TargetRange<T>? Range
    {
        get;
        init
        {
            if (value is not null && (Link != OutputLink.Identity || value.Minima.Length != Network.OutputCount))
            {
                throw new ArgumentException(
                    $"The range is for {value.Minima.Length} values, and the network gives {Network.OutputCount} with the link {Link}; "
                        + "bounds are for values as they are.",
                    nameof(Range));
            }
            field = value;
        }
    }

    /// <summary>One result per epoch, first epoch first; with several networks those of the first one first, each with its
    /// <see cref="EpochResult.NetworkIndex"/>.</summary>
    public IReadOnlyList<EpochResult> History { get; }

    /// <summary>Whether a feature may be NaN without the outputs being so: a number that the networks have learnt about, or that has a
    /// middle; and whatever is not a number.</summary>
    internal bool TakesMissing(int feature)
    {
        int number = Layout is null ? feature : Array.BinarySearch(Layout.NumberSlots, feature);
        return number < 0 || Middles is not null || Network.Inputs.MissingColumns.Contains(number);
    }

    /// <summary>Scales rows in place, and gives missing numbers their middles where the networks have not learnt what to make of
    /// them.</summary>
    /// <returns>The index, among the numbers of all rows, of the first that got its middle; −1 for none.</returns>
    internal int Scale(FeatureBatch<T> features)
    {
        Span<T> numbers = features.Numbers;
        Scaling?.Apply(numbers);
        SparseScaling?.ApplyTo(features.SparseSlots, features.SparseValues);
        return MissingNumbers.Fill(numbers, Middles, Network.Inputs.MissingColumns);
    }

    private void CheckFits(FeatureLayout layout)
    {
        InputDescription inputs = Network.Inputs;
        bool fits = layout.NumberSlots.Length == inputs.NumberCount && layout.SparseSlots.Length == inputs.SparseCount
            && layout.CategoryCount == inputs.Categories.Count
            && Enumerable.Range(0, layout.CategoryCount)
                .All(category => layout.ValueCountOf(category) == inputs.Categories[category].ValueCount);
        if (!fits)
            throw new ArgumentException("The layout of the features is not that of the network's inputs.", nameof(Layout));
    }

    /// <summary>What is added to the mean of the networks' last layers: the mean of their <see cref="Network{T}.OutputOffsets"/>. Empty for
    /// nothing.</summary>
    public double[] MeanOutputOffsets()
    {
        if (Networks.All(network => network.OutputOffsets.Count == 0))
            return [];
        var sums = new double[Network.OutputCount];
        foreach (Network<T> network in Networks)
        {
            for (int output = 0; output < network.OutputOffsets.Count; output++)
                sums[output] += network.OutputOffsets[output];
        }
        return [.. sums.Select(sum => sum / Networks.Count)];
    }

    /// <summary>
    /// SHA-256, in 64 hexadecimal digits, of everything that predictions come from: precision, networks, scaling, link, temperature and
    /// range. Two trainings with the same rows, settings and seed share it, and a saved model keeps it; the files of both differ in the
    /// <see cref="History"/>, which is not part of it and has seconds in it. Computed anew by every call.
    /// </summary>
    public string Fingerprint
    {
        get
        {
            using var hash = SHA256.Create();
            using (var stream = new CryptoStream(Stream.Null, hash, CryptoStreamMode.Write))
            {
                var writer = new LittleEndianWriter(stream);
                writer.WriteUInt16((ushort)Unsafe.SizeOf<T>());
                ModelFile.WriteContent(writer, this);
            }
            return Convert.ToHexStringLower(hash.Hash!);
        }
    }
}
