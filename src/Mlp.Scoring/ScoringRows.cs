using Mlp.Scoring.Networks;

namespace Mlp.Scoring;

/// <summary>Rows to be scored, and their scores. One thread at a time may use it.</summary>
public sealed class ScoringRows
{
    private readonly Scorer _scorer;
    private readonly LinkKind _link;
    private readonly IntervalWidths? _intervals;
    private readonly FeatureRows _features;
    private readonly EnsembleSpace _space;
    private readonly EnsembleSpace? _spaceOfScales;
    private readonly float[] _predictions, _lower, _upper;

    internal ScoringRows(Scorer scorer, Ensemble ensemble, IntervalWidths? intervals, int maxRowCount)
    {
        (_scorer, _link, _intervals, MaxRowCount) = (scorer, ensemble.Link, intervals, maxRowCount);
        _features = new FeatureRows(ensemble.Shape.Layout, maxRowCount);
        _space = ensemble.CreateSpace(maxRowCount);
        _spaceOfScales = intervals?.Scales?.CreateSpace(maxRowCount);
        _predictions = new float[ensemble.Shape.OutputCount];
        (_lower, _upper) = (new float[intervals?.BoundCount ?? 0], new float[intervals?.BoundCount ?? 0]);
    }

    /// <summary>Rows that fit.</summary>
    public int MaxRowCount { get; }

    /// <summary>Rows that there are.</summary>
    public int Count => _features.Count;

    /// <summary>Removes all rows.</summary>
    public void Clear() => _features.Clear();

    /// <summary>Begins a row. Features that are not set are 0, and categories unknown.</summary>
    /// <exception cref="InvalidOperationException">There is no room for it.</exception>
    public void Add()
    {
        if (Count == MaxRowCount)
            throw new InvalidOperationException($"There are {MaxRowCount} rows, as many as fit. Score them, and clear.");
        _features.Start();
    }

    /// <summary>Sets a feature of the last row.</summary>
    /// <param name="slot">In the feature vector; slots come in ascending order.</param>
    /// <param name="value">NaN for a missing one.</param>
    public void Set(int slot, float value) => _features.Set(slot, value);

    /// <summary>Sets features of the last row that follow each other.</summary>
    /// <param name="slot">The first of them.</param>
    /// <param name="values">One for each.</param>
    public void Set(int slot, ReadOnlySpan<float> values) => _features.Set(slot, values);

    /// <summary>Sets a category of the last row: a 1 in the slot of its value.</summary>
    /// <param name="slot">Of its first value.</param>
    /// <param name="value">Counted from 1; 0 for one that is not known, which is 0 in all slots.</param>
    public void SetValue(int slot, int value)
    {
        if (value > 0)
            _features.Set(slot + value - 1, 1);
    }

    /// <summary>Sets a category of the last row that the model reads beside the features.</summary>
    /// <param name="column">Counted from 0.</param>
    /// <param name="value">Counted from 1; 0 for one that is not known.</param>
    public void SetKey(int column, int value) => _features.SetKey(column, value);

    /// <summary>Scores all rows. Their features are not of use afterwards.</summary>
    public void Score() => _scorer.Score(_features, _space, _spaceOfScales);

    /// <summary>What the networks give for a row, before the link: a logit, or a value. Valid until the rows are given back.</summary>
    /// <param name="row">From 0 on.</param>
    public ReadOnlySpan<float> Outputs(int row) => _space.OutputsOf(row);

    /// <summary>What the outputs of a row stand for: probabilities, or values. Valid until the next call.</summary>
    /// <param name="row">From 0 on.</param>
    public ReadOnlySpan<float> Predictions(int row)
    {
        Outputs(row).CopyTo(_predictions);
        OutputLinks.Apply(_link, _predictions);
        return _predictions;
    }

    /// <summary>The probability of the positive class, of a model with two.</summary>
    /// <param name="row">From 0 on.</param>
    public float Probability(int row) => OutputLinks.Probability(Outputs(row)[0]);

    /// <summary>The lower ends of a row's intervals: target after target, and of each its levels, ascending. Empty where the model has
    /// none. Valid until the next call.</summary>
    /// <param name="row">From 0 on.</param>
    public ReadOnlySpan<float> Lower(int row) => BoundsOf(row, isUpper: false, _lower);

    /// <summary>The upper ends; see <see cref="Lower"/>.</summary>
    /// <param name="row">From 0 on.</param>
    public ReadOnlySpan<float> Upper(int row) => BoundsOf(row, isUpper: true, _upper);

    /// <summary>Which classes are in the set that holds the true one with the asked probability: those that are probable enough, and the
    /// most probable one; none where they are NaN.</summary>
    /// <param name="probabilities">Of the classes.</param>
    /// <param name="threshold">Of the model.</param>
    public static bool[] SetOf(ReadOnlySpan<float> probabilities, float threshold)
    {
        int largest = IndexOfLargest(probabilities);
        var set = new bool[probabilities.Length];
        for (int index = 0; index < set.Length; index++)
            set[index] = probabilities[index] >= threshold || (largest >= 0 && probabilities[index] == probabilities[largest]);
        return set;
    }

    /// <summary>The place of the largest score, the first one among equals; −1 where one is NaN.</summary>
    /// <param name="scores">At least one.</param>
    public static int IndexOfLargest(ReadOnlySpan<float> scores)
    {
        int largest = 0;
        for (int index = 0; index < scores.Length; index++)
        {
            if (float.IsNaN(scores[index]))
                return -1;
            if (scores[index] > scores[largest])
                largest = index;
        }
        return largest;
    }

    private ReadOnlySpan<float> BoundsOf(int row, bool isUpper, float[] bounds)
    {
        _intervals?.Compute(Predictions(row), _spaceOfScales is { } space ? space.OutputsOf(row) : [], isUpper, bounds);
        return bounds;
    }
}
