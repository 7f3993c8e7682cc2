using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.MLNet.Reading;

namespace Mlp.MLNet.Tasks.Multiclass;

/// <summary>A key: the first value becomes class 0.</summary>
internal sealed class MulticlassLabelReader(DataViewRow row, DataViewSchema.Column label) : LabelReader
{
    private readonly Func<ulong> _getKey = KeyGetter.Create(row, label);
    private readonly ulong _classCount = ((KeyDataViewType)label.Type).Count;

    public override string Advice => KeyGetter.Advice;

    public override string? TryRead(Span<float> targets)
    {
        ulong key = _getKey();
        // A key above the count of its type means nothing: ML.NET takes it for a missing one.
        if (key == 0 || key > _classCount)
            return KeyGetter.Problem;
        targets[0] = key - 1;
        return null;
    }
}
