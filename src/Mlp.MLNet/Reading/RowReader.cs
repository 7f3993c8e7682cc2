using System.Globalization;
using Microsoft.ML;
using Mlp.Data;
using Mlp.Numerics;

namespace Mlp.MLNet.Reading;

/// <summary>Reads and checks one training row at a time.</summary>
internal sealed class RowReader
{
    private readonly FeatureColumn _features;
    private readonly KeyReader _keys;
    private readonly LabelReader _label;
    private readonly ValueGetter<float>? _getWeight;
    private readonly double[]? _weightsOfClasses;
    private readonly RowProblems _problems;
    private readonly string _featureProblem, _weightProblem, _labelColumn;
    private readonly bool _learnsMissing;

    /// <param name="cursor">To follow.</param>
    /// <param name="columns">Active in the cursor.</param>
    /// <param name="label">Reads the label.</param>
    /// <param name="weightsOfClasses">One per class, where the label is a class; null for 1 each.</param>
    /// <param name="learnsMissing">Whether features may be NaN.</param>
    /// <param name="problems">Gets the rows that cannot be learnt from.</param>
    public RowReader(
        DataViewRowCursor cursor, TrainingColumns columns, LabelReader label, double[]? weightsOfClasses, bool learnsMissing,
        RowProblems problems)
    {
        _learnsMissing = learnsMissing;
        _features = new FeatureColumn(cursor, columns.Features);
        _keys = new KeyReader(cursor, columns.Categories);
        (_label, _weightsOfClasses) = (label, weightsOfClasses);
        _problems = problems;
        _featureProblem = $"Feature column '{columns.Features.Name}' is {(learnsMissing ? "infinite" : "NaN or infinite")}";
        _labelColumn = $"Label column '{columns.Label.Name}'";
        _weightProblem = $"Example weight column '{columns.ExampleWeight?.Name}' is negative, NaN or infinite";
        if (columns.ExampleWeight is DataViewSchema.Column weight)
            _getWeight = cursor.GetGetter<float>(weight);
    }

    /// <summary>Appends the cursor's row; a row with a problem is noted, and nothing is kept of any row from then on.</summary>
    /// <param name="row">Counted from 1.</param>
    /// <param name="features">Takes one row.</param>
    /// <param name="targets">Takes one row.</param>
    /// <param name="weights">Takes one value if there is a weight column.</param>
    /// <returns>False for a row that weighs 0, by itself or by its class: it is as if absent, whatever it holds.</returns>
    public bool Read(long row, IFeatureSink<float> features, RowBlocks<float> targets, RowBlocks<float> weights)
    {
        float weight = 1;
        _getWeight?.Invoke(ref weight);
        if (weight == 0)
            return false;
        Span<float> target = targets.Add();
        string? labelProblem = _label.TryRead(target);
        if (labelProblem is null && _weightsOfClasses?[(int)target[0]] == 0)
        {
            targets.RemoveLast();
            return false;
        }
        _features.Read();
        bool hasMissing = CheckFeatures(row);
        features.Add(_features.IsDense, _features.Slots, _features.Values, _keys.Read(), hasMissing);
        if (_getWeight is not null)
            weights.Add()[0] = weight;
        Check(row, labelProblem, weight);
        if (_problems.Any)
        {
            features.RemoveLast();
            targets.RemoveLast();
            if (_getWeight is not null)
                weights.RemoveLast();
        }
        return true;
    }

    /// <summary>Notes the first feature that cannot be used; returns whether some are missing.</summary>
    private bool CheckFeatures(long row)
    {
        ReadOnlySpan<float> values = _features.Values;
        int position = Finite.IndexOfAnyExcept(values);
        if (position < 0)
            return false;
        if (_learnsMissing)
        {
            while (position < values.Length && !float.IsInfinity(values[position]))
                position++;
            if (position == values.Length)
                return true;
        }
        // Only the first row's is shown.
        int slot = _features.IsDense ? position : _features.Slots[position];
        string? found = _problems.Has(_featureProblem) ? null : _features.Describe(slot, values[position]);
        string advice = _learnsMissing ? "Correct or filter these rows before Fit."
            : "Replace missing values (ReplaceMissingValues) or filter these rows before Fit.";
        _problems.Add(_featureProblem, row, found, advice);
        return true;
    }

    private void Check(long row, string? labelProblem, float weight)
    {
        if (labelProblem is not null)
            _problems.Add($"{_labelColumn} {labelProblem}", row, value: null, _label.Advice);
        if (!float.IsFinite(weight) || weight < 0)
        {
            _problems.Add(
                _weightProblem, row, weight.ToString(CultureInfo.InvariantCulture),
                "Correct these weights before Fit; a row of weight 0 is left out.");
        }
    }
}
