using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.MLNet;

/// <summary>PredictedLabel, Score and Probability, as ML.NET's calibrated binary classifiers have them.</summary>
internal static class BinaryOutputColumns
{
    private const string Kind = "BinaryClassification", PredictedLabel = "PredictedLabel", Score = "Score", Probability = "Probability";

    /// <summary>In the order in which ML.NET lists them for an estimator; a transformer adds them in another.</summary>
    public static IReadOnlyList<SchemaShape.Column> Shapes { get; } =
    [
        MLNetInternals.CreateScalarColumn(Score, NumberDataViewType.Single, isKey: false, new SchemaShape(OutputAnnotations.Shapes)),
        MLNetInternals.CreateScalarColumn(
            Probability, NumberDataViewType.Single, isKey: false,
            new SchemaShape(OutputAnnotations.Shapes.Append(OutputAnnotations.IsNormalizedShape))),
        MLNetInternals.CreateScalarColumn(
            PredictedLabel, BooleanDataViewType.Instance, isKey: false, new SchemaShape(OutputAnnotations.Shapes)),
    ];

    /// <summary>The columns and the order of their annotations as ML.NET's scorers add them.</summary>
    public static IReadOnlyList<OutputColumn> Create(uint scoreColumnSetId)
    {
        DataViewSchema.Annotations.Builder predictedLabel = new DataViewSchema.Annotations.Builder()
            .AddScoreColumnKind(Kind).AddScoreValueKind(PredictedLabel).AddScoreColumnSetId(scoreColumnSetId);
        DataViewSchema.Annotations.Builder score = new DataViewSchema.Annotations.Builder()
            .AddScoreColumnKind(Kind).AddScoreColumnSetId(scoreColumnSetId).AddScoreValueKind(Score);
        DataViewSchema.Annotations.Builder probability = new DataViewSchema.Annotations.Builder()
            .AddScoreColumnKind(Kind).AddScoreColumnSetId(scoreColumnSetId).AddIsNormalized().AddScoreValueKind(Probability);
        return
        [
            new(new(PredictedLabel, BooleanDataViewType.Instance, predictedLabel.ToAnnotations()), CreatePredictedLabelGetter),
            new(new(Score, NumberDataViewType.Single, score.ToAnnotations()), CreateScoreGetter),
            new(new(Probability, NumberDataViewType.Single, probability.ToAnnotations()), CreateProbabilityGetter),
        ];
    }

    private static ValueGetter<bool> CreatePredictedLabelGetter(Scorer scorer) => (ref bool value) => value = scorer.Outputs[0] > 0;

    private static ValueGetter<float> CreateScoreGetter(Scorer scorer) => (ref float value) => value = scorer.Outputs[0];

    // In double: e^−score overflows float long before the probability underflows.
    private static ValueGetter<float> CreateProbabilityGetter(Scorer scorer) => (ref float value) =>
    {
        double probability = scorer.Outputs[0];
        OutputLink.Sigmoid.Apply(new Span<double>(ref probability), outputCount: 1);
        value = (float)probability;
    };
}
