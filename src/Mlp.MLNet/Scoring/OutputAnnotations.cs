using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.MLNet;

/// <summary>The annotations by which ML.NET's evaluators recognize a prediction, for schemas and for shapes of schemas.</summary>
internal static class OutputAnnotations
{
    private const string ScoreColumnSetId = "ScoreColumnSetId", ScoreColumnKind = "ScoreColumnKind", ScoreValueKind = "ScoreValueKind";
    private const string IsNormalized = "IsNormalized";

    private static readonly KeyDataViewType SetIdType = new(typeof(uint), int.MaxValue);

    /// <summary>What every column of predictions has, in ML.NET's order.</summary>
    public static IReadOnlyList<SchemaShape.Column> Shapes { get; } =
    [
        MLNetInternals.CreateScalarColumn(ScoreColumnSetId, NumberDataViewType.UInt32, isKey: true),
        MLNetInternals.CreateScalarColumn(ScoreColumnKind, TextDataViewType.Instance),
        MLNetInternals.CreateScalarColumn(ScoreValueKind, TextDataViewType.Instance),
    ];

    public static SchemaShape.Column IsNormalizedShape { get; } = MLNetInternals.CreateScalarColumn(IsNormalized, BooleanDataViewType.Instance);

    /// <summary>A number that no earlier predictions in the schema have: 1 for the first ones.</summary>
    public static uint NextScoreColumnSetId(DataViewSchema schema)
    {
        uint largest = 0;
        foreach (DataViewSchema.Column column in schema)
        {
            if (column.Annotations.Schema.GetColumnOrNull(ScoreColumnSetId) is not { Type: KeyDataViewType { RawType: var type } } || type != typeof(uint))
                continue;
            uint id = 0;
            column.Annotations.GetValue(ScoreColumnSetId, ref id);
            largest = Math.Max(largest, id);
        }
        return largest + 1;
    }

    /// <summary>What the numbers are about: "BinaryClassification".</summary>
    public static DataViewSchema.Annotations.Builder AddScoreColumnKind(this DataViewSchema.Annotations.Builder builder, string value) =>
        builder.AddText(ScoreColumnKind, value);

    /// <summary>Which of the predictions it is: "Score".</summary>
    public static DataViewSchema.Annotations.Builder AddScoreValueKind(this DataViewSchema.Annotations.Builder builder, string value) =>
        builder.AddText(ScoreValueKind, value);

    /// <summary>Tells several predictions in one schema apart.</summary>
    public static DataViewSchema.Annotations.Builder AddScoreColumnSetId(this DataViewSchema.Annotations.Builder builder, uint id)
    {
        builder.Add(ScoreColumnSetId, SetIdType, (ref uint value) => value = id);
        return builder;
    }

    public static DataViewSchema.Annotations.Builder AddIsNormalized(this DataViewSchema.Annotations.Builder builder)
    {
        builder.Add(IsNormalized, BooleanDataViewType.Instance, (ref bool value) => value = true);
        return builder;
    }

    private static DataViewSchema.Annotations.Builder AddText(this DataViewSchema.Annotations.Builder builder, string kind, string text)
    {
        builder.Add(kind, TextDataViewType.Instance, (ref ReadOnlyMemory<char> value) => value = text.AsMemory());
        return builder;
    }
}
