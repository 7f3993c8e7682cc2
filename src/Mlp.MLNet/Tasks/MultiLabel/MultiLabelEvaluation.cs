using Mlp.Evaluation;

namespace Mlp.MLNet.Tasks.MultiLabel;

/// <summary>Collects rows of labels that do not exclude each other and what was predicted for them.</summary>
/// <param name="names">Of the labels.</param>
internal sealed class MultiLabelEvaluation(string[] names)
{
    private readonly LabelCounts[] _counts = [.. names.Select(_ => new LabelCounts())];
    // A row is right as a whole when all its labels are.
    private readonly LabelCounts _rows = new();

    public void Add(bool[] labels, bool[] predictions)
    {
        for (int index = 0; index < _counts.Length; index++)
            _counts[index].Add(labels[index], predictions[index]);
        _rows.Add(applies: true, predicted: labels.AsSpan().SequenceEqual(predictions));
    }

    public MultiLabelMetrics ToMetrics()
    {
        var all = LabelCounts.Sum(_counts);
        return new MultiLabelMetrics(
            [.. names.Zip(_counts, (name, count) => new LabelMetrics(
                name, count.TruePositives + count.FalseNegatives, count.Accuracy, count.Precision, count.Recall, count.F1Score))],
            all.F1Score, hammingLoss: all.ErrorRate, subsetAccuracy: _rows.Accuracy);
    }
}
