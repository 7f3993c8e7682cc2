using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.MLNet.Interop;
using Mlp.MLNet.Reading;

namespace Mlp.MLNet.Scoring;

/// <summary>The annotations by which ML.NET's evaluators recognize a prediction, for schemas and for shapes of schemas.</summary>
internal static class OutputAnnotations
{
    private const string ScoreColumnSetId = "ScoreColumnSetId", ScoreColumnKind = "ScoreColumnKind", ScoreValueKind = "ScoreValueKind";
    private const string IsNormalized = "IsNormalized", KeyValues = "KeyValues", TrainingLabelValues = "TrainingLabelValues";
    private const string SlotNames = "SlotNames";

    private static readonly KeyDataViewType SetIdType = new(typeof(uint), int.MaxValue);

    /// <summary>What every column of predictions has, in ML.NET's order.</summary>
    public static IReadOnlyList<SchemaShape.Column> Shapes { get; } =
    [
        MLNetInternals.CreateScalarColumn(ScoreColumnSetId, NumberDataViewType.UInt32, isKey: true),
        MLNetInternals.CreateScalarColumn(ScoreColumnKind, TextDataViewType.Instance),
        MLNetInternals.CreateScalarColumn(ScoreValueKind, TextDataViewType.Instance),
    ];

    public static SchemaShape.Column IsNormalizedShape { get; } =
        MLNetInternals.CreateScalarColumn(IsNormalized, BooleanDataViewType.Instance);

    /// <summary>What a class label's key values add to the predicted class, as far as the shape of the label tells.</summary>
    public static IEnumerable<SchemaShape.Column> KeyValueShapes(SchemaShape.Column label) =>
        TryFindVector(label, KeyValues) is SchemaShape.Column values ? [MLNetInternals.CreateVectorColumn(KeyValues, values.ItemType)] : [];

    /// <summary>What a class label's key values add to the scores.</summary>
    public static IEnumerable<SchemaShape.Column> ClassShapes(SchemaShape.Column label)
    {
        if (TryFindVector(label, KeyValues) is not SchemaShape.Column values)
            yield break;
        if (values.ItemType is TextDataViewType)
            yield return MLNetInternals.CreateVectorColumn(SlotNames, values.ItemType);
        yield return MLNetInternals.CreateVectorColumn(TrainingLabelValues, values.ItemType);
    }

    /// <summary>What the slot names of a vector label add to vectors of predictions.</summary>
    public static IEnumerable<SchemaShape.Column> SlotNameShapes(SchemaShape.Column label) =>
        TryFindVector(label, SlotNames) is { ItemType: TextDataViewType }
            ? [MLNetInternals.CreateVectorColumn(SlotNames, TextDataViewType.Instance)] : [];

    /// <summary>A number that no earlier predictions in the schema have: 1 for the first ones.</summary>
    public static uint NextScoreColumnSetId(DataViewSchema schema)
    {
        uint largest = 0;
        foreach (DataViewSchema.Column column in schema)
        {
            DataViewSchema.Column? found = column.Annotations.Schema.GetColumnOrNull(ScoreColumnSetId);
            if (found?.Type is not KeyDataViewType key || key.RawType != typeof(uint))
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

    /// <summary>The classes behind a predicted key; nothing for null.</summary>
    public static DataViewSchema.Annotations.Builder AddKeyValues(this DataViewSchema.Annotations.Builder builder, LabelValues? values)
    {
        values?.AddTo(builder, KeyValues);
        return builder;
    }

    /// <summary>The classes behind the slots of scores; nothing for null. Texts are names of the slots, too.</summary>
    public static DataViewSchema.Annotations.Builder AddClasses(this DataViewSchema.Annotations.Builder builder, LabelValues? values)
    {
        values?.AddTo(builder, TrainingLabelValues);
        return values?.Type is TextDataViewType ? builder.AddSlotNames(values) : builder;
    }

    /// <summary>The names of a vector's slots; nothing for null.</summary>
    public static DataViewSchema.Annotations.Builder AddSlotNames(this DataViewSchema.Annotations.Builder builder, LabelValues? names)
    {
        names?.AddTo(builder, SlotNames);
        return builder;
    }

    private static SchemaShape.Column? TryFindVector(SchemaShape.Column column, string kind)
    {
        SchemaShape.Column found = column.Annotations.FirstOrDefault(annotation => annotation.Name == kind);
        // A default column has no name.
        return found.Name is not null && found.Kind == SchemaShape.Column.VectorKind.Vector ? found : null;
    }

    private static DataViewSchema.Annotations.Builder AddText(this DataViewSchema.Annotations.Builder builder, string kind, string text)
    {
        builder.Add(kind, TextDataViewType.Instance, (ref ReadOnlyMemory<char> value) => value = text.AsMemory());
        return builder;
    }
}
