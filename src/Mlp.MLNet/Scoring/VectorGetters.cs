using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.MLNet.Scoring;

/// <summary>Getters of vectors of predictions; all give dense vectors.</summary>
internal static class VectorGetters
{
    public static ValueGetter<VBuffer<float>> Outputs(Scorer scorer) => (ref VBuffer<float> value) => Copy(scorer.Outputs, ref value);

    public static ValueGetter<VBuffer<float>> Predictions(Scorer scorer) =>
        (ref VBuffer<float> value) => Copy(scorer.Predictions, ref value);

    /// <summary>Which outputs are positive.</summary>
    public static ValueGetter<VBuffer<bool>> Signs(Scorer scorer) => (ref VBuffer<bool> value) =>
    {
        ReadOnlySpan<float> outputs = scorer.Outputs;
        var editor = VBufferEditor.Create(ref value, outputs.Length);
        for (int index = 0; index < outputs.Length; index++)
            editor.Values[index] = outputs[index] > 0;
        value = editor.Commit();
    };

    private static void Copy(ReadOnlySpan<float> source, ref VBuffer<float> value)
    {
        var editor = VBufferEditor.Create(ref value, source.Length);
        source.CopyTo(editor.Values);
        value = editor.Commit();
    }
}
