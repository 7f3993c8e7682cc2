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
    private readonly List<FeatureRow> _rows = [];
    private readonly List<T[]> _labels = [];

    /// <param name="model">Names the columns that it reads.</param>
    /// <param name="transformed">By the whole model.</param>
    /// <param name="label">Checked.</param>
    /// <param name="maxRowCount">More rows are not read; null for all.</param>
    /// <exception cref="InvalidOperationException">There are no rows.</exception>
    public PermutedRows(MlpTransformerBase model, IDataView transformed, DataViewSchema.Column label, int? maxRowCount)
    {
        _model = model.Model;
        InputColumns columns = TrainedModels.FindInputs(transformed.Schema, model);
        using DataViewRowCursor cursor = transformed.GetRowCursor([.. columns.All, label]);
        var features = new FeatureColumn(cursor, columns.Features);
        var keys = new KeyReader(cursor, columns.Categories, _model.KeyCounts);
        var labels = new VectorReader<T>(cursor, label);
        while (_rows.Count < (maxRowCount ?? int.MaxValue) && cursor.MoveNext())
        {
            var values = new float[_model.InputCount];
            features.Read(values);
            _rows.Add(new FeatureRow(values, keys.Read().ToArray()));
            _labels.Add(new T[_model.OutputCount]);
            labels.Read(_labels[^1]);
        }
        if (_rows.Count == 0)
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
        using var predictor = new Predictor<float>(_model.EngineModel, BatchRowCount);
        foreach (PermutedFeature feature in PermutedFeature.Of(_model.EngineModel))
        {
            var metrics = new TMetrics[permutationCount];
            bool changesNothing = !feature.IsUsed || IsConstant(feature);
            for (int permutation = 0; permutation < permutationCount; permutation++)
            {
                int[] order = [.. Enumerable.Range(0, _rows.Count)];
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
        using var predictor = new Predictor<float>(_model.EngineModel, BatchRowCount);
        return evaluate(Predict(predictor, feature: null, [.. Enumerable.Range(0, _rows.Count)]));
    }

    private bool IsConstant(PermutedFeature feature) => _rows.TrueForAll(row => feature.IsSameIn(row, _rows[0]));

    private IEnumerable<(T[] Labels, float[] Predictions)> Predict(Predictor<float> predictor, PermutedFeature? feature, int[] order)
    {
        (int inputs, int outputs, int keyCount) = (_model.InputCount, _model.OutputCount, _model.KeyCounts.Length);
        float[] features = new float[BatchRowCount * inputs], predictions = new float[BatchRowCount * outputs];
        var keys = new int[BatchRowCount * keyCount];
        for (int first = 0; first < order.Length; first += BatchRowCount)
        {
            int count = Math.Min(BatchRowCount, order.Length - first);
            for (int row = 0; row < count; row++)
            {
                _rows[first + row].Features.CopyTo(features, row * inputs);
                _rows[first + row].Keys.CopyTo(keys, row * keyCount);
                feature?.CopyFrom(
                    _rows[order[first + row]], features.AsSpan(row * inputs, inputs), keys.AsSpan(row * keyCount, keyCount));
            }
            predictor.Predict(features.AsSpan(0, count * inputs), keys.AsSpan(0, count * keyCount), predictions.AsSpan(0, count * outputs));
            _model.Link.Apply<float>(predictions.AsSpan(0, count * outputs), outputs);
            for (int row = 0; row < count; row++)
                yield return (_labels[first + row], predictions[(row * outputs)..((row + 1) * outputs)]);
        }
    }
}
