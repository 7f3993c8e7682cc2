using System.Numerics;
using Mlp.Kernels;

namespace Mlp;

/// <summary>Computes a network's outputs again and again without allocating. One thread at a time may use it.</summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class Predictor<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Enough rows to use the weights many times while they are in the cache.
    private const int DefaultMaxRowCount = 256;

    private readonly Network<T> _network;
    private readonly FeatureScaling<T>? _scaling;
    private readonly AlignedBuffer<T>? _scaledFeatures;
    private readonly Workspace<T> _workspace;

    /// <summary>Predicts with a network that takes its features as they are.</summary>
    /// <param name="network">Is not copied: when its parameters change, so do the predictions.</param>
    /// <param name="maxRowCount">Rows computed at once, at least 1; more rows are cut into portions of that many.</param>
    public Predictor(Network<T> network, int maxRowCount = DefaultMaxRowCount)
        : this(network, scaling: null, maxRowCount)
    {
    }

    /// <summary>Predicts with a trained model, which takes raw features and scales them.</summary>
    /// <param name="model">The network and its scaling.</param>
    /// <param name="maxRowCount">Rows computed at once, at least 1; more rows are cut into portions of that many.</param>
    public Predictor(Model<T> model, int maxRowCount = DefaultMaxRowCount)
        : this(model.Network, model.Scaling, maxRowCount)
    {
    }

    private Predictor(Network<T> network, FeatureScaling<T>? scaling, int maxRowCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxRowCount, 1);
        _network = network;
        _scaling = scaling;
        _scaledFeatures = scaling is null ? null : new AlignedBuffer<T>(checked(maxRowCount * network.InputCount));
        _workspace = new Workspace<T>(network, maxRowCount, threadCount: 1, forTraining: false);
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
        for (int row = 0; row < rowCount; row += _workspace.MaxRowCount)
        {
            int count = Math.Min(_workspace.MaxRowCount, rowCount - row);
            ReadOnlySpan<T> inputs = features.Slice(row * inputCount, count * inputCount);
            if (_scaling is not null)
            {
                Span<T> scaled = _scaledFeatures!.Span[..inputs.Length];
                inputs.CopyTo(scaled);
                _scaling.Apply(scaled);
                inputs = scaled;
            }
            _network.Forward(inputs, count, _workspace).CopyTo(outputs[(row * outputCount)..]);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _workspace.Dispose();
}
