using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.MLNet.Interop;
using Mlp.MLNet.Reading;
using Mlp.MLNet.Scoring;

namespace Mlp.MLNet.Tasks.Multiclass;

/// <summary>PredictedLabel and Score, as ML.NET's multiclass classifiers have them.</summary>
internal static class MulticlassOutputColumns
{
    private const string Kind = "MulticlassClassification", PredictedLabel = "PredictedLabel", Score = "Score";

    /// <summary>In the order in which ML.NET lists them for an estimator; a transformer adds them in another.</summary>
    public static IEnumerable<SchemaShape.Column> Shapes(SchemaShape.Column label) =>
    [
        MLNetInternals.CreateVectorColumn(
            Score, NumberDataViewType.Single, new SchemaShape(OutputAnnotations.ClassShapes(label).Concat(OutputAnnotations.Shapes))),
        MLNetInternals.CreateScalarColumn(
            PredictedLabel, NumberDataViewType.UInt32, isKey: true,
            new SchemaShape(OutputAnnotations.KeyValueShapes(label).Concat(OutputAnnotations.Shapes))),
    ];

    /// <summary>The columns and the order of their annotations as ML.NET's scorers add them.</summary>
    public static IReadOnlyList<OutputColumn> Create(uint scoreColumnSetId, int classCount, LabelValues? classes)
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
