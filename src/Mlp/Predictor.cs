using System.Numerics;
using Mlp.Kernels;

namespace Mlp;

/// <summary>Computes a network's outputs again and again without allocating. One thread at a time may use it.</summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class Predictor<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>256 rows: enough to use the weights many times while they are in the cache.</summary>
    public const int DefaultMaxRowCount = 256;

    // Multiply-adds of as many rows as are computed at once: some 0.3 ms, where threads are worth having.
    private const long WorkWorthSharing = 1 << 24;

    private readonly Network<T> _network;
    private readonly FeatureScaling<T>? _scaling;
    private readonly AlignedBuffer<T> _scaledFeatures;
    private readonly ScoringLayer<T>[] _layers;
    private readonly ThreadTeam _team;
    private readonly Gemm<T> _gemm;
    private readonly int _maxRowCount;

    /// <summary>Predicts with a network that takes its features as they are.</summary>
    /// <param name="network">Its parameters are copied; see <see cref="Refresh"/>.</param>
    /// <param name="maxRowCount">Rows computed at once, at least 1; more rows are cut into portions of that many.</param>
    public Predictor(Network<T> network, int maxRowCount = DefaultMaxRowCount)
        : this(network, scaling: null, maxRowCount, threadCount: 1)
    {
    }

    /// <summary>Predicts with a trained model, which takes raw features and scales them.</summary>
    /// <param name="model">The network and its scaling. Its parameters are copied; see <see cref="Refresh"/>.</param>
    /// <param name="maxRowCount">Rows computed at once, at least 1; more rows are cut into portions of that many.</param>
    /// <param name="threadCount">Threads that share the work where it is large enough, the caller's among them. The bits do not depend
    /// on it. More than one asks for <see cref="Dispose"/>.</param>
    public Predictor(Model<T> model, int maxRowCount = DefaultMaxRowCount, int threadCount = 1)
        : this(model.Network, model.Scaling, maxRowCount, threadCount)
    {
    }

    private Predictor(Network<T> network, FeatureScaling<T>? scaling, int maxRowCount, int threadCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxRowCount, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(threadCount, 1);
        _network = network;
        _scaling = scaling;
        _maxRowCount = maxRowCount;
        _scaledFeatures = Workspace<T>.CreateRows(scaling is null ? 0 : maxRowCount, network.InputCount);
        _layers = [.. network.Layers.Select((layer, index) =>
            new ScoringLayer<T>(layer, maxRowCount: index == network.Layers.Count - 1 ? 0 : maxRowCount))];
        // Last: a batch that does not fit must not leave threads behind.
        bool sharesWork = threadCount > 1 && (long)network.Parameters.Length * maxRowCount >= WorkWorthSharing;
        _team = sharesWork ? new ThreadTeam(threadCount) : ThreadTeam.Single;
        _gemm = new Gemm<T>(_team);
    }

    /// <summary>Takes over the parameters that the network has now. Until then a change of the network does not show.</summary>
    /// <remarks>The copy has the layout that products with it need; to make it costs about as much as predicting a few rows.</remarks>
    public void Refresh()
    {
        foreach (ScoringLayer<T> layer in _layers)
            layer.Refresh();
    }

    /// <summary>The outputs of rows.</summary>
    /// <param name="features">Row-major, rowCount x inputs.</param>
    /// <param name="outputs">Row-major, rowCount x outputs; overwritten.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public void Predict(ReadOnlySpan<T> features, Span<T> outputs)
    {
        (int inputCount, int outputCount) = (_network.InputCount, _network.OutputCount);
        int rowCount = features.Length / inputCount;
        if (rowCount * inputCount != features.Length)
        {
            throw new ArgumentException(
                $"features holds {features.Length} values; the network has {inputCount} inputs, and rows of that many must fill it.", nameof(features));
        }
        if (outputs.Length != (long)rowCount * outputCount)
        {
            throw new ArgumentException(
                $"outputs holds {outputs.Length} values; {rowCount} rows with {outputCount} outputs need {(long)rowCount * outputCount}.", nameof(outputs));
        }
        for (int row = 0; row < rowCount; row += _maxRowCount)
        {
            int count = Math.Min(_maxRowCount, rowCount - row);
            ReadOnlySpan<T> inputs = features.Slice(row * inputCount, count * inputCount);
            if (_scaling is not null)
            {
                Span<T> scaled = _scaledFeatures.Span[..inputs.Length];
                inputs.CopyTo(scaled);
                _scaling.Apply(scaled);
                inputs = scaled;
            }
            PredictPortion(inputs, count, outputs.Slice(row * outputCount, count * outputCount));
        }
    }

    /// <summary>Ends the threads it has beside the caller's, if any.</summary>
    public void Dispose()
    {
        if (_team != ThreadTeam.Single)
            _team.Dispose();
    }

    private void PredictPortion(ReadOnlySpan<T> inputs, int rowCount, Span<T> outputs)
    {
        ScoringLayer<T>[] layers = _layers;
        for (int index = 0; index < layers.Length - 1; index++)
        {
            Span<T> activations = layers[index].Outputs(rowCount);
            layers[index].Forward(inputs, activations, rowCount, _gemm);
            inputs = activations;
        }
        layers[^1].Forward(inputs, outputs, rowCount, _gemm);
    }
}
