using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.MLNet.Reading;
using Mlp.MLNet.Scoring;

namespace Mlp.MLNet.Explanations;

/// <summary>The columns that explanations add behind those of their input.</summary>
internal static class ExplanationColumns
{
    private const string Contributions = "FeatureContributions", BaselineScore = "BaselineScore", Score = "ExplainedScore",
        Output = "ExplainedOutput";

    /// <param name="features">The feature column; the contributions have its slot names.</param>
    public static IReadOnlyList<DataViewSchema.DetachedColumn> Create(DataViewSchema.Column features)
    {
        int size = features.Type is VectorDataViewType vector ? vector.Size : 1;
        return
        [
            new(Contributions, new VectorDataViewType(NumberDataViewType.Single, size), NamesOf(features)),
            new(BaselineScore, NumberDataViewType.Single),
            new(Score, NumberDataViewType.Single),
            new(Output, NumberDataViewType.Int32),
        ];
    }

    /// <summary>The getter of one of them.</summary>
    /// <param name="index">Its position among them.</param>
    /// <param name="explain">Gives the explanation of the current row.</param>
    public static Delegate CreateGetter(int index, Func<Explanation> explain) => index switch
    {
        0 => (ValueGetter<VBuffer<float>>)((ref VBuffer<float> value) => Copy(explain().Contributions, ref value)),
        1 => (ValueGetter<float>)((ref float value) => value = (float)explain().BaselineScore),
        2 => (ValueGetter<float>)((ref float value) => value = (float)explain().Score),
        _ => (ValueGetter<int>)((ref int value) => value = explain().OutputIndex),
    };

    private static void Copy(IReadOnlyList<double> contributions, ref VBuffer<float> value)
    {
        var editor = VBufferEditor.Create(ref value, contributions.Count);
        for (int slot = 0; slot < contributions.Count; slot++)
            editor.Values[slot] = (float)contributions[slot];
        value = editor.Commit();
    }

    private static DataViewSchema.Annotations? NamesOf(DataViewSchema.Column features) =>
        features.Type is VectorDataViewType && LabelValues.OfSlots(features) is { } names
            ? new DataViewSchema.Annotations.Builder().AddSlotNames(names).ToAnnotations() : null;
}
