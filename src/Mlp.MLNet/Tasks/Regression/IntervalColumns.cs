using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.MLNet.Interop;
using Mlp.MLNet.Scoring;
using Mlp.Models.Intervals;

namespace Mlp.MLNet.Tasks.Regression;

/// <summary>Score.Lower and Score.Upper: a number each for one target and one level, otherwise vectors.</summary>
/// <remarks>Target after target, and of each the levels in ascending order. Slots have the names of the targets, for several levels the
/// levels, or both: "Price 0.9". The annotation Levels has the levels.</remarks>
internal static class IntervalColumns
{
    private const string SlotNames = "SlotNames", Levels = "Levels";

    public static IReadOnlyList<string> Names { get; } = ["Score.Lower", "Score.Upper"];

    /// <param name="label">Of the training data.</param>
    /// <param name="levelCount">At least 1.</param>
    public static IEnumerable<SchemaShape.Column> Shapes(SchemaShape.Column label, int levelCount)
    {
        bool isVector = label.Kind != SchemaShape.Column.VectorKind.Scalar;
        SchemaShape.Column[] names = levelCount > 1
            ? [MLNetInternals.CreateVectorColumn(SlotNames, TextDataViewType.Instance)] : [.. OutputAnnotations.SlotNameShapes(label)];
        var annotations = new SchemaShape(
            [.. names, .. OutputAnnotations.Shapes, MLNetInternals.CreateVectorColumn(Levels, NumberDataViewType.Double)]);
        return Names.Select(name => isVector || levelCount > 1
            ? MLNetInternals.CreateVectorColumn(name, NumberDataViewType.Single, annotations)
            : MLNetInternals.CreateScalarColumn(name, NumberDataViewType.Single, isKey: false, annotations));
    }

    /// <param name="scoreColumnSetId">That of the scores.</param>
    /// <param name="kind">That of the scores.</param>
    /// <param name="intervals">Of the model.</param>
    /// <param name="label">It was trained on.</param>
    public static IEnumerable<OutputColumn> Create(
        uint scoreColumnSetId, string kind, IntervalModel<float> intervals, LabelContent label)
    {
        for (int side = 0; side < Names.Count; side++)
        {
            var annotations = new DataViewSchema.Annotations.Builder()
                .AddScoreColumnSetId(scoreColumnSetId).AddScoreColumnKind(kind).AddScoreValueKind(Names[side])
                .AddSlotNames(intervals, label).AddLevels(intervals).ToAnnotations();
            bool isUpper = side == 1;
            int length = intervals.TargetCount * intervals.Levels.Length;
            yield return label.IsVector || length > 1
                ? new(new(Names[side], new VectorDataViewType(NumberDataViewType.Single, length), annotations),
                    scorer => CreateVectorGetter(scorer, intervals, isUpper))
                : new(new(Names[side], NumberDataViewType.Single, annotations), scorer => CreateGetter(scorer, intervals, isUpper));
        }
    }

    private static ValueGetter<float> CreateGetter(Scorer scorer, IntervalModel<float> intervals, bool isUpper) => (ref float value) =>
    {
        (float lower, float upper) = (0, 0);
        intervals.Compute(scorer.Predictions, scorer.Scales, new Span<float>(ref lower), new Span<float>(ref upper));
        value = isUpper ? upper : lower;
    };

    private static ValueGetter<VBuffer<float>> CreateVectorGetter(Scorer scorer, IntervalModel<float> intervals, bool isUpper)
    {
        var other = new float[intervals.TargetCount * intervals.Levels.Length];
        return (ref VBuffer<float> value) =>
        {
            var editor = VBufferEditor.Create(ref value, other.Length);
            intervals.Compute(scorer.Predictions, scorer.Scales, isUpper ? other : editor.Values, isUpper ? editor.Values : other);
            value = editor.Commit();
        };
    }

    private static DataViewSchema.Annotations.Builder AddSlotNames(
        this DataViewSchema.Annotations.Builder builder, IntervalModel<float> intervals, LabelContent label)
    {
        if (intervals.Levels.Length == 1)
            return builder.AddSlotNames(label.Values);
        string[] levels = [.. intervals.Levels.Select(PredictionLevels.TextOf)];
        ReadOnlyMemory<char>[] names = [.. TargetNames(intervals.TargetCount, label)
            .SelectMany(target => levels.Select(level => $"{target}{level}".AsMemory()))];
        builder.Add(SlotNames, new VectorDataViewType(TextDataViewType.Instance, names.Length),
            (ref VBuffer<ReadOnlyMemory<char>> value) => value = new(names.Length, [.. names]));
        return builder;
    }

    /// <summary>What the names of levels begin with.</summary>
    private static IEnumerable<string> TargetNames(int targetCount, LabelContent label) =>
        !label.IsVector ? [""] : label.Values?.ToTexts().Select(name => $"{name} ")
        ?? Enumerable.Range(0, targetCount).Select(target => $"{target} ");

    private static DataViewSchema.Annotations.Builder AddLevels(
        this DataViewSchema.Annotations.Builder builder, IntervalModel<float> intervals)
    {
        double[] levels = intervals.Levels;
        builder.Add(Levels, new VectorDataViewType(NumberDataViewType.Double, levels.Length),
            (ref VBuffer<double> value) => value = new(levels.Length, [.. levels]));
        return builder;
    }
}
