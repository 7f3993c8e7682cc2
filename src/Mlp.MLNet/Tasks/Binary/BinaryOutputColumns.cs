using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.Losses;
using Mlp.MLNet.Interop;
using Mlp.MLNet.Reading;
using Mlp.MLNet.Scoring;

namespace Mlp.MLNet.Tasks.Binary;

/// <summary>PredictedLabel, Score and Probability, as ML.NET's calibrated binary classifiers have them.</summary>
internal static class BinaryOutputColumns
{
    private const string Kind = "BinaryClassification", PredictedLabel = "PredictedLabel", Score = "Score", Probability = "Probability";

    /// <summary>In the order in which ML.NET lists them for an estimator; a transformer adds them in another.</summary>
    /// <param name="label">The label, if the prediction is a key like it; null for a Boolean.</param>
    public static IReadOnlyList<SchemaShape.Column> Shapes(SchemaShape.Column? label) =>
    [
        MLNetInternals.CreateScalarColumn(Score, NumberDataViewType.Single, isKey: false, new SchemaShape(OutputAnnotations.Shapes)),
        MLNetInternals.CreateScalarColumn(
            Probability, NumberDataViewType.Single, isKey: false,
            new SchemaShape(OutputAnnotations.Shapes.Append(OutputAnnotations.IsNormalizedShape))),
        label is SchemaShape.Column key
            ? MLNetInternals.CreateScalarColumn(
                PredictedLabel, NumberDataViewType.UInt32, isKey: true,
                new SchemaShape(OutputAnnotations.KeyValueShapes(key).Concat(OutputAnnotations.Shapes)))
            : MLNetInternals.CreateScalarColumn(
                PredictedLabel, BooleanDataViewType.Instance, isKey: false, new SchemaShape(OutputAnnotations.Shapes)),
    ];

    /// <summary>The columns and the order of their annotations as ML.NET's scorers add them.</summary>
    /// <param name="scoreColumnSetId">Of these columns.</param>
    /// <param name="decision">What is predicted.</param>
    /// <param name="classes">The negative and the positive class, for a prediction that is a key.</param>
    public static IReadOnlyList<OutputColumn> Create(uint scoreColumnSetId, BinaryDecision decision, LabelValues? classes)
    {
        DataViewSchema.Annotations.Builder predictedLabel = new DataViewSchema.Annotations.Builder()
            .AddScoreColumnKind(Kind).AddScoreValueKind(PredictedLabel)
            .AddKeyValues(decision.PositiveKey is null ? null : decision.PositiveKey == 2 ? classes : classes?.Reversed())
            .AddScoreColumnSetId(scoreColumnSetId);
        DataViewSchema.Annotations.Builder score = new DataViewSchema.Annotations.Builder()
            .AddScoreColumnKind(Kind).AddScoreColumnSetId(scoreColumnSetId).AddScoreValueKind(Score);
        DataViewSchema.Annotations.Builder probability = new DataViewSchema.Annotations.Builder()
            .AddScoreColumnKind(Kind).AddScoreColumnSetId(scoreColumnSetId).AddIsNormalized().AddScoreValueKind(Probability);
        return
        [
            decision.PositiveKey is null
                ? new(new(PredictedLabel, BooleanDataViewType.Instance, predictedLabel.ToAnnotations()), scorer =>
                    CreateFlagGetter(scorer, decision))
                : new(new(PredictedLabel, new KeyDataViewType(typeof(uint), 2), predictedLabel.ToAnnotations()), scorer =>
                    CreateKeyGetter(scorer, decision)),
            new(new(Score, NumberDataViewType.Single, score.ToAnnotations()), CreateScoreGetter),
            new(new(Probability, NumberDataViewType.Single, probability.ToAnnotations()), CreateProbabilityGetter),
        ];
    }

    private static ValueGetter<bool> CreateFlagGetter(Scorer scorer, BinaryDecision decision) =>
        (ref bool value) => value = scorer.Outputs[0] > decision.Threshold;

    private static ValueGetter<uint> CreateKeyGetter(Scorer scorer, BinaryDecision decision) =>
        (ref uint value) => value = decision.KeyOf(scorer.Outputs[0]);

    private static ValueGetter<float> CreateScoreGetter(Scorer scorer) => (ref float value) => value = scorer.Outputs[0];

    // In double: e^−score overflows float long before the probability underflows.
    private static ValueGetter<float> CreateProbabilityGetter(Scorer scorer) => (ref float value) =>
    {
        double probability = scorer.Outputs[0];
        OutputLink.Sigmoid.Apply(new Span<double>(ref probability), outputCount: 1);
        value = (float)probability;
    };
}
