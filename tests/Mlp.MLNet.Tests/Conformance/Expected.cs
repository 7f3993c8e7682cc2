namespace Mlp.MLNet.Tests.Conformance;

/// <summary>
/// What ML.NET's own trainers add to a schema, read off Microsoft.ML 5.0.0 with LbfgsLogisticRegression, LbfgsMaximumEntropy and Sdca. The
/// same checks pass for these trainers in 5.0.1.
/// </summary>
internal static class Expected
{
    private const string BinaryKind = "ScoreColumnKind: 'BinaryClassification'",
        MulticlassKind = "ScoreColumnKind: 'MulticlassClassification'";
    private const string SetId = "ScoreColumnSetId: 1";
    private const string ShapeEnd = "ScoreColumnSetId Scalar Key<UInt32>, ScoreColumnKind Scalar String, ScoreValueKind Scalar String";

    /// <summary>Task and label; then, in order, the columns that a transformer adds, each with its type and annotations.</summary>
    public static readonly (string Task, string Label, (string Name, string Column)[] Columns)[] Columns =
    [
        ("binary", "Flag",
        [
            ("PredictedLabel", $"Boolean; {BinaryKind}; ScoreValueKind: 'PredictedLabel'; {SetId}"),
            ("Score", $"Single; {BinaryKind}; {SetId}; ScoreValueKind: 'Score'"),
            ("Probability", $"Single; {BinaryKind}; {SetId}; IsNormalized: True; ScoreValueKind: 'Probability'"),
        ]),
        ("multiclass", "ClassKey",
        [
            ("PredictedLabel", $"Key<UInt32, 0-2>; {MulticlassKind}; ScoreValueKind: 'PredictedLabel'; KeyValues: ['z' 'y' 'x']; {SetId}"),
            ("Score",
                $"Vector<Single, 3>; {MulticlassKind}; {SetId}; ScoreValueKind: 'Score'; TrainingLabelValues: ['z' 'y' 'x']; SlotNames: "
                    + "['z' 'y' 'x']"),
        ]),
        ("multiclass", "NumberKey",
        [
            ("PredictedLabel", $"Key<UInt32, 0-2>; {MulticlassKind}; ScoreValueKind: 'PredictedLabel'; KeyValues: [10 20 30]; {SetId}"),
            ("Score", $"Vector<Single, 3>; {MulticlassKind}; {SetId}; ScoreValueKind: 'Score'; TrainingLabelValues: [10 20 30]"),
        ]),
        ("multiclass", "BareKey",
        [
            ("PredictedLabel", $"Key<UInt32, 0-2>; {MulticlassKind}; ScoreValueKind: 'PredictedLabel'; {SetId}"),
            ("Score", $"Vector<Single, 3>; {MulticlassKind}; {SetId}; ScoreValueKind: 'Score'"),
        ]),
        ("regression", "Price",
        [
            ("Score", $"Single; {SetId}; ScoreColumnKind: 'Regression'; ScoreValueKind: 'Score'"),
        ]),
    ];

    /// <summary>Task and label; then, in order, the columns that an estimator adds to the shape of a schema.</summary>
    public static readonly (string Task, string Label, string[] Columns)[] Shapes =
    [
        ("binary", "Flag",
        [
            $"Score Scalar Single {{{ShapeEnd}}}",
            $"Probability Scalar Single {{{ShapeEnd}, IsNormalized Scalar Boolean}}",
            $"PredictedLabel Scalar Boolean {{{ShapeEnd}}}",
        ]),
        ("multiclass", "ClassKey",
        [
            $"Score Vector Single {{SlotNames Vector String, TrainingLabelValues Vector String, {ShapeEnd}}}",
            $"PredictedLabel Scalar Key<UInt32> {{KeyValues Vector String, {ShapeEnd}}}",
        ]),
        ("multiclass", "NumberKey",
        [
            $"Score Vector Single {{TrainingLabelValues Vector Int32, {ShapeEnd}}}",
            $"PredictedLabel Scalar Key<UInt32> {{KeyValues Vector Int32, {ShapeEnd}}}",
        ]),
        ("multiclass", "BareKey",
        [
            $"Score Vector Single {{{ShapeEnd}}}",
            $"PredictedLabel Scalar Key<UInt32> {{{ShapeEnd}}}",
        ]),
        ("regression", "Price", [$"Score Scalar Single {{{ShapeEnd}}}"]),
    ];
}
