using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.MLNet.Reading;

namespace Mlp.MLNet.Tasks.Regression;

/// <summary>One number, or a vector of them, as they are.</summary>
internal sealed class RegressionLabelReader : LabelReader
{
    private readonly Action<Span<float>> _read;
    private readonly OutputLink _link;

    /// <param name="row">The row to follow.</param>
    /// <param name="label">Single, or a vector of Single of known size; active.</param>
    /// <param name="link">That of the loss, which not every number suits.</param>
    public RegressionLabelReader(DataViewRow row, DataViewSchema.Column label, OutputLink link)
    {
        _link = link;
        _read = label.Type is VectorDataViewType ? new VectorReader<float>(row, label).Read : ReadSingle(row, label);
    }

    public override string Advice => _link switch
    {
        OutputLink.Exponential => "Filter or replace these labels before Fit, or choose another Loss: Poisson is for counts.",
        OutputLink.Sigmoid => "Filter or replace these labels before Fit, or choose another Loss: cross-entropy is for fractions.",
        _ => "Filter or replace missing labels before Fit.",
    };

    public override string? TryRead(Span<float> targets)
    {
        _read(targets);
        foreach (float target in targets)
        {
            if (!float.IsFinite(target))
                return float.IsNaN(target) ? "is NaN" : "is infinite";
            if (_link == OutputLink.Exponential && target < 0)
                return "is negative";
            if (_link == OutputLink.Sigmoid && target is < 0 or > 1)
                return "is outside [0, 1]";
        }
        return null;
    }

    private static Action<Span<float>> ReadSingle(DataViewRow row, DataViewSchema.Column label)
    {
        ValueGetter<float> getter = row.GetGetter<float>(label);
        return targets => getter(ref targets[0]);
    }
}
