using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Evaluates predicted numbers.</summary>
internal sealed class RegressionEvaluator : Evaluator<RegressionMetrics>
{
    private readonly DataViewSchema.Column _label;
    private readonly DataViewSchema.Column _score;
    private double _count;
    private double _absoluteErrorSum;
    private double _squaredErrorSum;
    private double _lossSum;
    private double _labelSum;
    private double _labelSquareSum;

    public RegressionEvaluator(IHostEnvironment env, IDataView data, DataViewSchema.Column label, DataViewSchema.Column score)
        : base(data, label, score)
    {
        var host = env.Register(nameof(RegressionEvaluator));
        EvaluationColumns.CheckType(host, score.Type == NumberDataViewType.Single, "score", score, "Single");
        EvaluationColumns.CheckType(host, label.Type == NumberDataViewType.Single, "label", label, "Single");
        _label = label;
        _score = score;
    }

    protected override Action Bind(DataViewRow row)
    {
        var getLabel = EvaluationColumns.Bind<float>(row, _label);
        var getScore = EvaluationColumns.Bind<float>(row, _score);
        return () =>
        {
            float label = getLabel();
            float score = getScore();
            if (!float.IsNaN(label) && !float.IsNaN(score))
                Add(label, score);
        };
    }

    protected override RegressionMetrics Finish()
    {
        if (_count == 0)
            return new RegressionMetrics(0, 0, 0, 0, 0);
        double meanSquaredError = _squaredErrorSum / _count;
        double labelVariation = _labelSquareSum - _labelSum * _labelSum / _count;
        return new RegressionMetrics(
            _absoluteErrorSum / _count, meanSquaredError, Math.Sqrt(meanSquaredError), _lossSum / _count,
            labelVariation == 0 ? double.NaN : 1 - _squaredErrorSum / labelVariation);
    }

    /// <summary>Some products are rounded to Single before they are summed: ML.NET does so, and the sums show it.</summary>
    private void Add(float label, float score)
    {
        double error = Math.Abs((double)label - score);
        float difference = score - label;
        _count++;
        _absoluteErrorSum += error;
        _squaredErrorSum += error * error;
        _lossSum += difference * difference;
        _labelSum += label;
        _labelSquareSum += label * label;
    }
}
