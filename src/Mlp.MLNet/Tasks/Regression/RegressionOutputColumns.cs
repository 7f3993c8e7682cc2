using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.MLNet.Interop;
using Mlp.MLNet.Scoring;
using Mlp.Models.Intervals;

namespace Mlp.MLNet.Tasks.Regression;

/// <summary>Score: a number as ML.NET's regression trainers have it, or a vector of numbers.</summary>
internal static class RegressionOutputColumns
{
    // The second is ML.NET's own name, too, although none of its trainers gives such scores.
    private const string Kind = "Regression", VectorKind = "MultiOutputRegression", Score = "Score";

    /// <param name="label">Of the training data.</param>
    /// <param name="levelCount">Of the intervals; 0 for none.</param>
    public static IEnumerable<SchemaShape.Column> Shapes(SchemaShape.Column label, int levelCount) =>
        levelCount == 0 ? [ShapeOfScore(label)] : [ShapeOfScore(label), .. IntervalColumns.Shapes(label, levelCount)];

    private static SchemaShape.Column ShapeOfScore(SchemaShape.Column label) => label.Kind == SchemaShape.Column.VectorKind.Scalar
        ? MLNetInternals.CreateScalarColumn(Score, NumberDataViewType.Single, isKey: false, new SchemaShape(OutputAnnotations.Shapes))
        : MLNetInternals.CreateVectorColumn(
            Score, NumberDataViewType.Single, new SchemaShape(OutputAnnotations.SlotNameShapes(label).Concat(OutputAnnotations.Shapes)));

    /// <summary>The column, and the order of its annotations as ML.NET's scorer for regression adds them.</summary>
    public static IReadOnlyList<OutputColumn> Create(
        uint scoreColumnSetId, int targetCount, LabelContent label, IntervalModel<float>? intervals)
    {
        DataViewSchema.Annotations.Builder score = new DataViewSchema.Annotations.Builder()
            .AddScoreColumnSetId(scoreColumnSetId).AddScoreColumnKind(label.IsVector ? VectorKind : Kind).AddScoreValueKind(Score)
            .AddSlotNames(label.Values);
        var numbers = new VectorDataViewType(NumberDataViewType.Single, targetCount);
        OutputColumn column = label.IsVector
            ? new(new(Score, numbers, score.ToAnnotations()), VectorGetters.Predictions)
            : new(new(Score, NumberDataViewType.Single, score.ToAnnotations()), CreateScoreGetter);
        return intervals is null ? [column]
            : [column, .. IntervalColumns.Create(scoreColumnSetId, label.IsVector ? VectorKind : Kind, intervals, label)];
    }

    private static ValueGetter<float> CreateScoreGetter(Scorer scorer) => (ref float value) => value = scorer.Predictions[0];
}
