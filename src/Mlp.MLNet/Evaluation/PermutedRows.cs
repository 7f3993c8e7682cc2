using Microsoft.ML;
using Mlp.Losses;
using Mlp.MLNet.Models;
using Mlp.MLNet.Reading;

namespace Mlp.MLNet.Evaluation;

/// <summary>Rows of a vector label whose features are permuted one feature at a time, and predicted anew.</summary>
/// <typeparam name="T">Of a label.</typeparam>
internal sealed class PermutedRows<T>
    where T : unmanaged
{
    private const int BatchRowCount = Predictor<float>.DefaultMaxRowCount;

    private readonly MlpModelParameters _model;
    private readonly List<float[]> _features = [];
    private readonly List<T[]> _labels = [];

    /// <param name="model">Names the feature column.</param>
    /// <param name="transformed">By the whole model.</param>
    /// <param name="label">Checked.</param>
    /// <param name="maxRowCount">More rows are not read; null for all.</param>
    /// <exception cref="InvalidOperationException">There are no rows.</exception>
    public PermutedRows(MlpTransformerBase model, IDataView transformed, DataViewSchema.Column label, int? maxRowCount)
    {
        _model = model.Model;
        DataViewSchema.Column column = TrainedModels.FindFeatures(transformed.Schema, model);
        using DataViewRowCursor cursor = transformed.GetRowCursor([column, label]);
        var features = new FeatureColumn(cursor, column);
        var labels = new VectorReader<T>(cursor, label);
        while (_features.Count < (maxRowCount ?? int.MaxValue) && cursor.MoveNext())
        {
            _features.Add(new float[_model.InputCount]);
            _labels.Add(new T[_model.OutputCount]);
            features.Read(_features[^1]);
            labels.Read(_labels[^1]);
        }
        if (_features.Count == 0)
            throw new InvalidOperationException(
                "The data has no rows; the importance of features needs at least one. Give it rows that the model was not fitted on.");
    }

    /// <summary>The metrics with each feature permuted in turn, one list a feature of <see cref="PermutedFeature.Of"/>.</summary>
    /// <param name="permutationCount">Metrics in a list.</param>
    /// <param name="random">Draws the permutations.</param>
    /// <param name="before">The metrics of the rows as they are: also those of features whose permutation changes nothing.</param>
    /// <param name="evaluate">Gets labels and predictions of all rows, row by row, and gives the metrics.</param>
    public IEnumerable<TMetrics[]> Permute<TMetrics>(
        int permutationCount, Random random, TMetrics before, Func<IEnumerable<(T[] Labels, float[] Predictions)>, TMetrics> evaluate)
    {
        using var predictor = new Predictor<float>(_model.Model, BatchRowCount);
        foreach (PermutedFeature feature in PermutedFeature.Of(_model.Model))
        {
            var metrics = new TMetrics[permutationCount];
            bool changesNothing = !feature.IsUsed || IsConstant(feature);
            for (int permutation = 0; permutation < permutationCount; permutation++)
            {
                int[] order = [.. Enumerable.Range(0, _features.Count)];
                random.Shuffle(order);
                metrics[permutation] = changesNothing ? before : evaluate(Predict(predictor, feature, order));
            }
            yield return metrics;
        }
    }

    /// <summary>The metrics of the rows as they are.</summary>
    /// <param name="evaluate">Gets labels and predictions of all rows, row by row, and gives the metrics.</param>
    public TMetrics Evaluate<TMetrics>(Func<IEnumerable<(T[] Labels, float[] Predictions)>, TMetrics> evaluate)
    {
        using var predictor = new Predictor<float>(_model.Model, BatchRowCount);
        return evaluate(Predict(predictor, default, [.. Enumerable.Range(0, _features.Count)]));
    }

    private bool IsConstant(PermutedFeature feature)
    {
        ReadOnlySpan<float> first = feature.In(_features[0]);
        foreach (float[] row in _features)
        {
            if (!feature.In(row).SequenceEqual(first))
                return false;
        }
        return true;
    }

    private IEnumerable<(T[] Labels, float[] Predictions)> Predict(Predictor<float> predictor, PermutedFeature feature, int[] order)
    {
        (int inputs, int outputs) = (_model.InputCount, _model.OutputCount);
        float[] features = new float[BatchRowCount * inputs], predictions = new float[BatchRowCount * outputs];
        for (int first = 0; first < order.Length; first += BatchRowCount)
        {
            int count = Math.Min(BatchRowCount, order.Length - first);
            for (int row = 0; row < count; row++)
            {
                _features[first + row].CopyTo(features, row * inputs);
                feature.In(_features[order[first + row]]).CopyTo(feature.In(features.AsSpan(row * inputs)));
            }
            predictor.Predict(features.AsSpan(0, count * inputs), predictions.AsSpan(0, count * outputs));
            _model.Link.Apply<float>(predictions.AsSpan(0, count * outputs), outputs);
            for (int row = 0; row < count; row++)
                yield return (_labels[first + row], predictions[(row * outputs)..((row + 1) * outputs)]);
        }
    }
}
