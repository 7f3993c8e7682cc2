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

    /// <param name="columns">What the model reads; the contributions have the slot names of its feature column, and behind those the names
    /// of its key columns.</param>
    public static IReadOnlyList<DataViewSchema.DetachedColumn> Create(InputColumns columns)
    {
        int size = (columns.Features.Type is VectorDataViewType vector ? vector.Size : 1) + columns.Categories.Count;
        return
        [
            new(Contributions, new VectorDataViewType(NumberDataViewType.Single, size), NamesOf(columns, size)),
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

    private static DataViewSchema.Annotations? NamesOf(InputColumns columns, int size)
    {
        var builder = new DataViewSchema.Annotations.Builder();
        LabelValues? ofFeatures = columns.Features.Type is VectorDataViewType ? LabelValues.OfSlots(columns.Features) : null;
        if (columns.Categories.Count == 0)
            return ofFeatures is null ? null : builder.AddSlotNames(ofFeatures).ToAnnotations();
        // Slots without a name stay so.
        IEnumerable<string> first = ofFeatures?.ToTexts()
            ?? (columns.Features.Type is VectorDataViewType ? Enumerable.Repeat("", size - columns.Categories.Count)
                : [columns.Features.Name]);
        ReadOnlyMemory<char>[] names = [.. first.Concat(columns.Categories.Select(column => column.Name)).Select(name => name.AsMemory())];
        builder.AddSlotNames(names.Length, (ref VBuffer<ReadOnlyMemory<char>> value) => value = new(names.Length, [.. names]));
        return builder.ToAnnotations();
    }
}
