using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.MLNet.Interop;
using Mlp.MLNet.Reading;
using Mlp.MLNet.Scoring;

namespace Mlp.MLNet.Tasks.MultiLabel;

/// <summary>PredictedLabel, Score and Probability as in the binary task, each a vector with one slot per label.</summary>
internal static class MultiLabelOutputColumns
{
    private const string Kind = "MultiLabelClassification", PredictedLabel = "PredictedLabel", Score = "Score", Probability = "Probability";

    /// <summary>In the order of the binary task.</summary>
    public static IEnumerable<SchemaShape.Column> Shapes(SchemaShape.Column label)
    {
        SchemaShape.Column[] annotations = [.. OutputAnnotations.SlotNameShapes(label), .. OutputAnnotations.Shapes];
        return
        [
            MLNetInternals.CreateVectorColumn(Score, NumberDataViewType.Single, new SchemaShape(annotations)),
            MLNetInternals.CreateVectorColumn(
                Probability, NumberDataViewType.Single, new SchemaShape(annotations.Append(OutputAnnotations.IsNormalizedShape))),
            MLNetInternals.CreateVectorColumn(PredictedLabel, BooleanDataViewType.Instance, new SchemaShape(annotations)),
        ];
    }

    /// <summary>The columns and the order of their annotations as in the binary task, then the slot names.</summary>
    public static IReadOnlyList<OutputColumn> Create(uint scoreColumnSetId, int labelCount, LabelValues? names)
    {
        DataViewSchema.Annotations.Builder predictedLabel = new DataViewSchema.Annotations.Builder()
            .AddScoreColumnKind(Kind).AddScoreValueKind(PredictedLabel).AddScoreColumnSetId(scoreColumnSetId).AddSlotNames(names);
        DataViewSchema.Annotations.Builder score = new DataViewSchema.Annotations.Builder()
            .AddScoreColumnKind(Kind).AddScoreColumnSetId(scoreColumnSetId).AddScoreValueKind(Score).AddSlotNames(names);
        DataViewSchema.Annotations.Builder probability = new DataViewSchema.Annotations.Builder()
            .AddScoreColumnKind(Kind).AddScoreColumnSetId(scoreColumnSetId).AddIsNormalized().AddScoreValueKind(Probability)
            .AddSlotNames(names);
        var numbers = new VectorDataViewType(NumberDataViewType.Single, labelCount);
        var flags = new VectorDataViewType(BooleanDataViewType.Instance, labelCount);
        return
        [
            new(new(PredictedLabel, flags, predictedLabel.ToAnnotations()), VectorGetters.Signs),
            new(new(Score, numbers, score.ToAnnotations()), VectorGetters.Outputs),
            new(new(Probability, numbers, probability.ToAnnotations()), VectorGetters.Predictions),
        ];
    }
}
