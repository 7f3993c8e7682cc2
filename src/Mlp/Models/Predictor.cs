using System.Numerics;
using Mlp.Data;
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

    // Multiply-adds of as many rows as are computed at once: some 0.2 ms, where threads are worth having.
    private const long WorkWorthSharing = 1 << 24;

    private readonly int _inputCount, _outputCount, _maxRowCount;
    private readonly FeatureBatch<T> _features;
    private readonly FeatureEncoder<T>? _encoder;
    private readonly Network<T>[] _networks;
    private readonly PackedParameters<T>[] _parameters;
    private readonly Workspace<T> _workspace;
    private readonly Model<T> _model;
    private readonly LastLayers<T>? _lastLayers;
    private readonly SharedForward<T>? _shared;

    // [networks x rows x outputs].
    private readonly T[] _networkOutputs;
    private readonly bool _needsCopy;
    private bool _fromLast;
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
        RangeCheck.AtLeast(1, maxRowCount);
        RangeCheck.AtLeast(1, threadCount);
        (_inputCount, _outputCount, _maxRowCount) = (model.FeatureCount, model.Network.OutputCount, maxRowCount);
        _model = model;
        bool takesFeaturesAsTheyAre = model.Layout is null or { IsIdentity: true };
        _encoder = takesFeaturesAsTheyAre ? null : new FeatureEncoder<T>(model.Layout!);
        bool sharesWork =
            threadCount > 1 && (long)model.Networks.Count * model.Network.Parameters.Length * maxRowCount >= WorkWorthSharing;
        _needsCopy = model.Scaling is not null || model.Middles is not null || _encoder is not null || sharesWork;
        _features = new FeatureBatch<T>(model.Network.Inputs, _needsCopy ? maxRowCount : 0);
        _networks = [.. model.Networks];
        _parameters = [.. _networks.Select(network => new PackedParameters<T>(network, forOneRow: maxRowCount == 1))];
        _lastLayers = LastLayers<T>.For(model);
        _networkOutputs = new T[_parameters.Length == 1 && !sharesWork ? 0 : checked(_parameters.Length * maxRowCount * _outputCount)];
        TakeOffsets();
        _shared = sharesWork ? new SharedForward<T>(model, _parameters, maxRowCount, threadCount) : null;
        // Networks of the same shape share it, one after the other. Last: it may start threads, which nothing after it must leave behind.
        _workspace = new Workspace<T>(model.Network, maxRowCount, sharesWork ? threadCount : 1, forTraining: false);
    }

    /// <summary>Takes over the parameters that the network has now. Until then a change of the network does not show.</summary>
    /// <remarks>The copy has the layout that products with it need; to make it costs about as much as predicting a few rows.</remarks>
    public void Refresh()
    {
        foreach (PackedParameters<T> parameters in _parameters)
            parameters.Refresh();
        _lastLayers?.Refresh();
        TakeOffsets();
    }

    /// <summary>The outputs of rows, before the model's link: with several networks those that stand for the mean of their
    /// predictions.</summary>
    /// <param name="features">Row-major, rowCount x the model's features.</param>
    /// <param name="outputs">Row-major, rowCount x outputs; overwritten.</param>
    /// <remarks>Of a model that was trained on key columns beside its features (Mlp.MLNet, CategoricalColumnNames) every key is taken for
    /// one that is not known.</remarks>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public void Predict(ReadOnlySpan<T> features, Span<T> outputs) => Predict(features, keys: [], outputs);

    /// <summary>The outputs of rows with keys beside their features.</summary>
    /// <param name="features">As above.</param>
    /// <param name="keys">[rows x key columns of the layout]: 0 for a value that is not known, otherwise from 1 to its number of values.
    /// Empty where none is known.</param>
    /// <param name="outputs">As above.</param>
    internal void Predict(ReadOnlySpan<T> features, ReadOnlySpan<int> keys, Span<T> outputs)
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
            Span<T> portion = outputs.Slice(row * outputCount, count * outputCount);
            if (!_needsCopy)
            {
                PredictScaled(inputs, count, portion);
                continue;
            }
            _features.Clear();
            if (_encoder is null)
                inputs.CopyTo(_features.AddNumbers(count));
            else
            {
                for (int index = 0; index < count; index++)
                {
                    _encoder.Encode(inputs.Slice(index * inputCount, inputCount));
                    _encoder.SetKeys(keys, row + index);
                    _features.Add(_encoder.Numbers, _encoder.Categories, _encoder.SparseSlots, _encoder.SparseValues);
                }
            }
            Predict(_features, portion);
        }
    }

    /// <summary>The outputs of rows that were taken apart already.</summary>
    /// <param name="features">As the model's layout has them, not scaled: they will be, in place. At most as many rows as are computed at
    /// once.</param>
    /// <param name="outputs">As above.</param>
    /// <inheritdoc cref="Model{T}.Scale" path="/returns"/>
    internal int Predict(FeatureBatch<T> features, Span<T> outputs)
    {
        int firstFilled = _model.Scale(features);
        if (_shared is not null && _shared.IsFor(features.RowCount))
        {
            _shared.Run(_workspace.Team, features, _networkOutputs);
            Combine(outputs);
        }
        else
            PredictScaled(features.Inputs, features.RowCount, outputs);
        return firstFilled;
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

    /// <summary>The outputs of rows as the networks take them.</summary>
    /// <param name="inputs">Scaled.</param>
    /// <param name="rowCount">At most as many as are computed at once.</param>
    /// <param name="outputs">[rows x outputs], overwritten.</param>
    internal void PredictScaled(in InputBatch<T> inputs, int rowCount, Span<T> outputs)
    {
        if (_parameters.Length == 1)
        {
            Forward(in inputs, rowCount, 0).CopyTo(outputs);
            _combined?.Finish(outputs);
            return;
        }
        bool joinsLast = rowCount == 1 && _lastLayers is not null;
        // Network after network, so that one's weights are used for all rows while they are in the cache; and from the last to the first
        // every other time, so that of weights that fill the cache the larger part is still there from the time before.
        for (int step = 0; step < _parameters.Length; step++)
        {
            int index = _fromLast ? _parameters.Length - 1 - step : step;
            if (joinsLast)
                Forward(in inputs, rowCount, index, withoutLast: true).CopyTo(_lastLayers!.InputsOf(index));
            else
                Forward(in inputs, rowCount, index).CopyTo(_networkOutputs.AsSpan(index * outputs.Length));
        }
        _fromLast = !_fromLast;
        if (joinsLast)
            _lastLayers!.Forward(_networkOutputs);
        Combine(outputs);
    }

    /// <summary>The mean of what the networks gave, or what the only one did.</summary>
    private void Combine(Span<T> outputs)
    {
        if (_parameters.Length == 1)
        {
            _networkOutputs.AsSpan(0, outputs.Length).CopyTo(outputs);
            _combined?.Finish(outputs);
            return;
        }
        _combined!.Start();
        for (int index = 0; index < _parameters.Length; index++)
            _combined.Add(_networkOutputs.AsSpan(index * outputs.Length, outputs.Length));
        _combined.Finish(outputs);
    }

    private Span<T> Forward(scoped in InputBatch<T> inputs, int rowCount, int network, bool withoutLast = false) =>
        _networks[network].Forward(in inputs, rowCount, _workspace, _parameters[network], withoutLast);
}
