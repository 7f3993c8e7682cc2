using System.Numerics;
using Mlp.Models;
using Mlp.Networks;
using Mlp.Numerics;

namespace Mlp;

/// <summary>Computes the outputs of a network or model again and again without allocating. One thread at a time may use it.</summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class Predictor<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>256 rows: enough to use the weights many times while they are in the cache.</summary>
    public const int DefaultMaxRowCount = 256;

    // Multiply-adds of as many rows as are computed at once: some 0.3 ms, where threads are worth having.
    private const long WorkWorthSharing = 1 << 24;

    private readonly int _inputCount, _outputCount, _maxRowCount;
    private readonly FeatureScaling<T>? _scaling;
    private readonly RowBuffer<T> _scaledFeatures;
    private readonly PackedParameters<T>[] _parameters;
    private readonly Workspace<T> _workspace;
    private readonly Model<T> _model;
    private EnsembleOutputs<T>? _combined;

    /// <summary>Predicts with a network that takes its features as they are.</summary>
    /// <param name="network">Its parameters are copied; see <see cref="Refresh"/>.</param>
    /// <param name="maxRowCount">Rows computed at once, at least 1; more rows are cut into portions of that many.</param>
    public Predictor(Network<T> network, int maxRowCount = DefaultMaxRowCount)
        : this(new Model<T>(network), maxRowCount)
    {
    }

    /// <summary>Predicts with a trained model, which takes raw features and scales them.</summary>
    /// <param name="model">The networks and their scaling. Their parameters are copied; see <see cref="Refresh"/>.</param>
    /// <param name="maxRowCount">Rows computed at once, at least 1; more rows are cut into portions of that many.</param>
    /// <param name="threadCount">Threads that share the work where it is large enough, the caller's among them. The bits do not depend
    /// on it. More than one asks for <see cref="Dispose"/>.</param>
    public Predictor(Model<T> model, int maxRowCount = DefaultMaxRowCount, int threadCount = 1)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxRowCount, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(threadCount, 1);
        (_inputCount, _outputCount, _maxRowCount) = (model.Network.InputCount, model.Network.OutputCount, maxRowCount);
        (_model, _scaling) = (model, model.Scaling);
        _scaledFeatures = new RowBuffer<T>(model.Scaling is null ? 0 : maxRowCount, _inputCount);
        _parameters = [.. model.Networks.Select(network => new PackedParameters<T>(network))];
        TakeOffsets();
        bool sharesWork = (long)model.Network.Parameters.Length * maxRowCount >= WorkWorthSharing;
        // Networks of the same shape share it, one after the other. Last: it may start threads, which nothing after it must leave behind.
        _workspace = new Workspace<T>(model.Network, maxRowCount, sharesWork ? threadCount : 1, forTraining: false);
    }

    /// <summary>Takes over the parameters that the network has now. Until then a change of the network does not show.</summary>
    /// <remarks>The copy has the layout that products with it need; to make it costs about as much as predicting a few rows.</remarks>
    public void Refresh()
    {
        foreach (PackedParameters<T> parameters in _parameters)
            parameters.Refresh();
        TakeOffsets();
    }

    /// <summary>The outputs of rows, before the model's link: with several networks those that stand for the mean of their
    /// predictions.</summary>
    /// <param name="features">Row-major, rowCount x inputs.</param>
    /// <param name="outputs">Row-major, rowCount x outputs; overwritten.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public void Predict(ReadOnlySpan<T> features, Span<T> outputs)
    {
        (int inputCount, int outputCount) = (_inputCount, _outputCount);
        int rowCount = features.Length / inputCount;
        if (rowCount * inputCount != features.Length)
        {
            throw new ArgumentException(
                $"features holds {features.Length} values; the network has {inputCount} inputs, and rows of that many must fill it.",
                nameof(features));
        }
        if (outputs.Length != (long)rowCount * outputCount)
        {
            throw new ArgumentException(
                $"outputs holds {outputs.Length} values; {rowCount} rows with {outputCount} outputs need {(long)rowCount * outputCount}.",
                nameof(outputs));
        }
        for (int row = 0; row < rowCount; row += _maxRowCount)
        {
            int count = Math.Min(_maxRowCount, rowCount - row);
            ReadOnlySpan<T> inputs = features.Slice(row * inputCount, count * inputCount);
            if (_scaling is not null)
            {
                Span<T> scaled = _scaledFeatures.Rows(count);
                inputs.CopyTo(scaled);
                _scaling.Apply(scaled);
                inputs = scaled;
            }
            PredictPortion(inputs, count, outputs.Slice(row * outputCount, count * outputCount));
        }
    }

    /// <summary>Ends the threads it has beside the caller's, if any.</summary>
    public void Dispose() => _workspace.Dispose();

    private void TakeOffsets()
    {
        if (!EnsembleOutputs<T>.AreNeededFor(_model))
        {
            _combined = null;
            return;
        }
        _combined ??= new EnsembleOutputs<T>(_model.Link, _parameters.Length, _outputCount, _maxRowCount, _model.Temperature, _model.Range);
        _combined.Offsets = _model.MeanOutputOffsets();
    }

    private void PredictPortion(ReadOnlySpan<T> inputs, int rowCount, Span<T> outputs)
    {
        if (_parameters.Length == 1)
        {
            Forward(inputs, rowCount, 0).CopyTo(outputs);
            _combined?.Finish(outputs);
            return;
        }
        _combined!.Start();
        // Network after network, so that one's weights are used for all rows while they are in the cache.
        for (int index = 0; index < _parameters.Length; index++)
            _combined.Add(Forward(inputs, rowCount, index));
        _combined.Finish(outputs);
    }

    private Span<T> Forward(ReadOnlySpan<T> inputs, int rowCount, int network) =>
        _model.Networks[network].Forward(inputs, rowCount, _workspace, _parameters[network]);
}
