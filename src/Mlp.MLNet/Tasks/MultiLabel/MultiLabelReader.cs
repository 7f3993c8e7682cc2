using Microsoft.ML;
using Mlp.MLNet.Reading;

namespace Mlp.MLNet.Tasks.MultiLabel;

/// <summary>A vector of Booleans: true becomes 1, false 0.</summary>
internal sealed class MultiLabelReader(DataViewRow row, DataViewSchema.Column label, int labelCount) : LabelReader
{
    private readonly VectorReader<bool> _reader = new(row, label);
    private readonly bool[] _labels = new bool[labelCount];

    // A Boolean is never missing.
    public override string Advice => "";

    public override string? TryRead(Span<float> targets)
    {
        _reader.Read(_labels);
        for (int index = 0; index < targets.Length; index++)
            targets[index] = _labels[index] ? 1 : 0;
        return null;
    }
}
