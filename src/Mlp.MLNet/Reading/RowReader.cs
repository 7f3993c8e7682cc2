using System.Globalization;
using Microsoft.ML;

namespace Mlp.MLNet;

/// <summary>Reads and checks one training row at a time.</summary>
internal sealed class RowReader
{
    private readonly FeatureColumn _features;
    private readonly LabelReader _label;
    private readonly ValueGetter<float>? _getWeight;
    private readonly RowProblems _problems;
    private readonly string _featureProblem, _weightProblem, _labelColumn;

    public RowReader(DataViewRowCursor cursor, TrainingColumns columns, LabelReader label, RowProblems problems)
    {
        _features = new FeatureColumn(cursor, columns.Features);
        _label = label;
        _problems = problems;
        _featureProblem = $"Feature column '{columns.Features.Name}' is NaN or infinite";
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
    public void Read(int row, RowBlocks<float> features, RowBlocks<float> targets, RowBlocks<float> weights)
    {
        Span<float> values = features.Add();
        _features.Read(values);
        int slot = Finite.IndexOfAnyExcept<float>(values);
        if (slot >= 0)
        {
            // Only the first row's is shown.
            string? found = _problems.Has(_featureProblem) ? null : _features.Describe(values, slot);
            _problems.Add(
                _featureProblem, row, found, "Replace missing values (ReplaceMissingValues) or filter these rows before Fit.");
        }

        if (_label.TryRead(targets.Add()) is string labelProblem)
            _problems.Add($"{_labelColumn} {labelProblem}", row, value: null, _label.Advice);

        if (_getWeight is not null)
        {
            ref float weight = ref weights.Add()[0];
            _getWeight(ref weight);
            if (!float.IsFinite(weight) || weight < 0)
            {
                _problems.Add(
                    _weightProblem, row, weight.ToString(CultureInfo.InvariantCulture),
                    "Correct these weights before Fit; a row of weight 0 is left out.");
            }
        }

        if (_problems.Any)
        {
            features.RemoveLast();
            targets.RemoveLast();
            if (_getWeight is not null)
                weights.RemoveLast();
        }
    }
}
