using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.Losses;
using Mlp.MLNet.Interop;
using Mlp.MLNet.Reading;
using Mlp.MLNet.Scoring;
using Mlp.Models.Intervals;

namespace Mlp.MLNet.Tasks.Binary;

/// <summary>PredictedLabelSet of two classes: the negative one first, then the positive one.</summary>
/// <remarks>Slots have the values of the label where it is a key with values of text, otherwise "false" and "true".</remarks>
internal static class BinarySetColumn
{
    private const string Kind = "BinaryClassification", SlotNames = "SlotNames";

    public static IEnumerable<SchemaShape.Column> Shapes(SchemaShape.Column label)
    {
        SchemaShape.Column[] classes = [.. OutputAnnotations.ClassShapes(label)];
        return
        [
            LabelSetColumn.Shape(classes.Length > 0
                ? classes : [MLNetInternals.CreateVectorColumn(SlotNames, TextDataViewType.Instance)]),
        ];
    }

    public static OutputColumn Create(uint scoreColumnSetId, LabelSets sets, LabelContent label) => LabelSetColumn.Create(
        scoreColumnSetId, Kind, sets, classCount: 2, annotations => AddClasses(annotations, label.Values),
        scorer => probabilities => Compute(scorer.Outputs[0], probabilities));

    private static void Compute(float score, Span<float> probabilities)
    {
        double probability = score;
        OutputLink.Sigmoid.Apply(new Span<double>(ref probability), outputCount: 1);
        probabilities[1] = (float)probability;
        probabilities[0] = 1 - probabilities[1];
    }

    private static DataViewSchema.Annotations.Builder AddClasses(DataViewSchema.Annotations.Builder annotations, LabelValues? classes)
    {
        if (classes is not null)
            return annotations.AddClasses(classes);
        ReadOnlyMemory<char>[] names = ["false".AsMemory(), "true".AsMemory()];
        annotations.Add(
            SlotNames, new VectorDataViewType(TextDataViewType.Instance, names.Length),
            (ref VBuffer<ReadOnlyMemory<char>> value) => value = new(names.Length, [.. names]));
        return annotations;
    }
}
