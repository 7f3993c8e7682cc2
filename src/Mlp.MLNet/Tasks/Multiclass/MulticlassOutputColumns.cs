using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.MLNet.Interop;
using Mlp.MLNet.Reading;
using Mlp.MLNet.Scoring;
using Mlp.Models.Intervals;

namespace Mlp.MLNet.Tasks.Multiclass;

/// <summary>PredictedLabel and Score, as ML.NET's multiclass classifiers have them.</summary>
internal static class MulticlassOutputColumns
{
    private const string Kind = "MulticlassClassification", PredictedLabel = "PredictedLabel", Score = "Score";

    /// <summary>In the order in which ML.NET lists them for an estimator; a transformer adds them in another.</summary>
    /// <param name="label">Of the training data.</param>
    /// <param name="hasSets">Whether there are sets, too.</param>
    public static IEnumerable<SchemaShape.Column> Shapes(SchemaShape.Column label, bool hasSets) =>
    [
        MLNetInternals.CreateVectorColumn(
            Score, NumberDataViewType.Single, new SchemaShape(OutputAnnotations.ClassShapes(label).Concat(OutputAnnotations.Shapes))),
        MLNetInternals.CreateScalarColumn(
            PredictedLabel, NumberDataViewType.UInt32, isKey: true,
            new SchemaShape(OutputAnnotations.KeyValueShapes(label).Concat(OutputAnnotations.Shapes))),
        .. hasSets ? [LabelSetColumn.Shape(OutputAnnotations.ClassShapes(label))] : Array.Empty<SchemaShape.Column>(),
    ];

    /// <summary>The columns and the order of their annotations as ML.NET's scorers add them.</summary>
    /// <param name="scoreColumnSetId">Of these columns.</param>
    /// <param name="classCount">At least 2.</param>
    /// <param name="classes">Their names; null for none.</param>
    /// <param name="sets">Of the model; null for none.</param>
    public static IReadOnlyList<OutputColumn> Create(uint scoreColumnSetId, int classCount, LabelValues? classes, LabelSets? sets)
    {
        DataViewSchema.Annotations.Builder predictedLabel = new DataViewSchema.Annotations.Builder()
            .AddScoreColumnKind(Kind).AddScoreValueKind(PredictedLabel).AddKeyValues(classes).AddScoreColumnSetId(scoreColumnSetId);
        DataViewSchema.Annotations.Builder score = new DataViewSchema.Annotations.Builder()
            .AddScoreColumnKind(Kind).AddScoreColumnSetId(scoreColumnSetId).AddScoreValueKind(Score).AddClasses(classes);
        var key = new KeyDataViewType(typeof(uint), classCount);
        var numbers = new VectorDataViewType(NumberDataViewType.Single, classCount);
        return
        [
            new(new(PredictedLabel, key, predictedLabel.ToAnnotations()), CreatePredictedLabelGetter),
            new(new(Score, numbers, score.ToAnnotations()), VectorGetters.Predictions),
            .. sets is null ? Array.Empty<OutputColumn>() :
            [
                LabelSetColumn.Create(
                    scoreColumnSetId, Kind, sets, classCount, annotations => annotations.AddClasses(classes),
                    scorer => probabilities => scorer.Predictions.CopyTo(probabilities)),
            ],
        ];
    }

    private static ValueGetter<uint> CreatePredictedLabelGetter(Scorer scorer) =>
        (ref uint value) => value = KeyOfLargest(scorer.Predictions);

    /// <summary>1 for the first value; the first one among equals. NaN predicts no class: a missing key.</summary>
    private static uint KeyOfLargest(ReadOnlySpan<float> scores)
    {
        int largest = 0;
        for (int index = 0; index < scores.Length; index++)
        {
            if (float.IsNaN(scores[index]))
                return 0;
            if (scores[index] > scores[largest])
                largest = index;
        }
        return (uint)largest + 1;
    }
}
