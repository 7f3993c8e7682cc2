using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Evaluates score vectors, taken as the probabilities of the classes.</summary>
internal sealed class MulticlassEvaluator : Evaluator<MulticlassClassificationMetrics>
{
    private readonly DataViewSchema.Column _label;
    private readonly DataViewSchema.Column _score;
    private readonly int _topKPredictionCount;
    private readonly MulticlassCounts _counts;

    public MulticlassEvaluator(
        IHostEnvironment env, IDataView data, DataViewSchema.Column label, DataViewSchema.Column score, int topKPredictionCount)
        : base(data, label, score)
    {
        var host = env.Register("MultiClassClassifierEvaluator");
        bool isScore = score.Type is VectorDataViewType { Size: >= 2 } vector && vector.ItemType == NumberDataViewType.Single;
        EvaluationColumns.CheckType(host, isScore, "score", score, "vector of two or more items of type Single");
        bool isLabel = label.Type == NumberDataViewType.Single || label.Type is KeyDataViewType;
        EvaluationColumns.CheckType(host, isLabel, "label", label, "Single or Key");
        _label = label;
        _score = score;
        _topKPredictionCount = topKPredictionCount;
        _counts = new MulticlassCounts(score.Type.GetVectorSize());
    }

    protected override Action Bind(DataViewRow row)
    {
        var getLabel = EvaluationColumns.BindLabel(row, _label);
        var getScores = EvaluationColumns.Bind<VBuffer<float>>(row, _score);
        var scores = new float[_score.Type.GetVectorSize()];
        return () =>
        {
            float label = getLabel();
            // Rows without a class number count nowhere.
            if (float.IsNaN(label) || label < 0 || label != (int)label)
                return;
            var vector = getScores();
            Contracts.Check(vector.Length == scores.Length);
            vector.CopyTo(scores);
            if (scores.All(float.IsFinite))
                _counts.Add((int)label, scores);
        };
    }

    protected override MulticlassClassificationMetrics Finish() => new(
        _counts, _topKPredictionCount, new ConfusionMatrix(_counts.ConfusionTable, ClassNames(), isBinary: false));

    private string[] ClassNames()
    {
        if (!_score.HasSlotNames())
            return Enumerable.Range(0, _score.Type.GetVectorSize()).Select(index => index.ToString()).ToArray();
        var names = default(VBuffer<ReadOnlyMemory<char>>);
        _score.GetSlotNames(ref names);
        return names.DenseValues().Select(name => name.ToString()).ToArray();
    }
}
