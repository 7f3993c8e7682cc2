using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.MLNet;

/// <summary>Every check of a column, for schemas and for shapes of schemas, with its message.</summary>
/// <remarks>Features come first, then weights, then labels; the exception is ArgumentOutOfRangeException: both as in ML.NET.</remarks>
internal static class SchemaChecks
{
    private const int MaxNamesInMessage = 20, MaxClassCount = 1_000_000;
    private const string ValidationPlace = "the validation data", TrainingPlace = "the training data";

    /// <summary>The columns to train on.</summary>
    /// <param name="inputSchema">Of the training data.</param>
    /// <param name="options">Name the columns.</param>
    /// <param name="checkLabel">Throws when the task cannot learn from that type of label.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or has the wrong type.</exception>
    public static TrainingColumns FindTrainingColumns(
        DataViewSchema inputSchema, MlpOptions options, Action<DataViewSchema.Column> checkLabel)
    {
        DataViewSchema.Column features = FindFeatures(inputSchema, options.FeatureColumnName);
        DataViewSchema.Column? weight = null;
        if (options.ExampleWeightColumnName is string weightName)
        {
            weight = Find(inputSchema, weightName, "example weight", nameof(options.ExampleWeightColumnName));
            CheckExampleWeight(ColumnDescription.Of(weight.Value));
        }
        DataViewSchema.Column label = Find(inputSchema, options.LabelColumnName, "label", nameof(options.LabelColumnName));
        checkLabel(label);
        return new TrainingColumns(features, SizeOf(features), label, weight);
    }

    /// <summary>The same checks where only the shape is known.</summary>
    public static void CheckTrainingColumns(SchemaShape inputSchema, MlpOptions options, Action<ColumnDescription> checkLabel)
    {
        CheckFeatures(Find(inputSchema, options.FeatureColumnName, "feature", nameof(options.FeatureColumnName)));
        if (options.ExampleWeightColumnName is string weightName)
            CheckExampleWeight(Find(inputSchema, weightName, "example weight", nameof(options.ExampleWeightColumnName)));
        checkLabel(Find(inputSchema, options.LabelColumnName, "label", nameof(options.LabelColumnName)));
    }

    /// <summary>The feature column to predict from.</summary>
    /// <param name="inputSchema">Of the data to be scored.</param>
    /// <param name="name">Of the column.</param>
    /// <param name="inputCount">Features the model was trained on.</param>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing, has the wrong type or another number of slots.</exception>
    public static DataViewSchema.Column FindScoringFeatures(DataViewSchema inputSchema, string name, int inputCount)
    {
        DataViewSchema.Column features = FindFeatures(inputSchema, name);
        int size = SizeOf(features);
        if (size != inputCount)
        {
            throw Error(
                FormattableString.Invariant($"Feature column '{name}' has {size} slots, but this model was trained on {inputCount}."));
        }
        return features;
    }

    /// <summary>The label column, of any type.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is missing.</exception>
    public static DataViewSchema.Column FindLabel(DataViewSchema inputSchema, string name) => Find(inputSchema, name, "label", "labelColumnName");

    /// <param name="label">The label column.</param>
    /// <param name="hasPositiveClass">Whether one of its values is named as the positive class.</param>
    public static void CheckBinaryLabel(ColumnDescription label, bool hasPositiveClass = false)
    {
        if (label is { IsScalar: true, IsKey: true, KeyCount: 1 })
            throw OneClass(label);
        bool isKeyOfTwo = label is { IsScalar: true, IsKey: true, KeyCount: null or 2 };
        if (!isKeyOfTwo && !label.IsScalarOf(BooleanDataViewType.Instance) && !label.IsScalarOf(NumberDataViewType.Single))
        {
            throw Error(
                $"Label column '{label.Name}' is {label.TypeName}; a binary classifier needs Boolean, Single with 0 and 1 (or -1 and 1), or a key with 2 values. " +
                (label.IsKey ? "For more classes use the multiclass trainer" : "Convert it, for example with Conversion.ConvertType")
                + ", or set LabelColumnName.");
        }
        if (hasPositiveClass && !label.IsKey)
        {
            throw Error(
                $"Label column '{label.Name}' is {label.TypeName}, and PositiveClass names a value of a key; the positive class of such a label is {(label.ItemType is BooleanDataViewType ? "true" : "1")}. " +
                "Leave PositiveClass out, or make a key of the label with Conversion.MapValueToKey.");
        }
    }

    /// <summary>The positive class must be one of the values of the label's key.</summary>
    public static void CheckPositiveClass(DataViewSchema.Column label, string positiveClass)
    {
        if (BinaryLabelReader.KeyOf(label, positiveClass) is not null)
            return;
        string found = LabelValues.OfKey(label) is LabelValues values ? $"the values of its key are '{values.NameOf(0)}' and '{values.NameOf(1)}'" : "its key has no values";
        throw Error(
            $"PositiveClass is '{positiveClass}', which is no value of label column '{label.Name}': {found}. Set PositiveClass to one of them, or to null for the second.");
    }

    public static void CheckMulticlassLabel(ColumnDescription label)
    {
        if (label is not { IsScalar: true, IsKey: true })
        {
            throw Error(
                $"Label column '{label.Name}' is {label.TypeName}; a multiclass classifier needs a key. " +
                "Make one with Conversion.MapValueToKey, or set LabelColumnName.");
        }
        if (label.KeyCount == 1)
            throw OneClass(label);
        if (label.KeyCount > MaxClassCount)
        {
            throw Error(FormattableString.Invariant(
                $"Label column '{label.Name}' is a key with {label.KeyCount:N0} values; a multiclass classifier needs 2 to {MaxClassCount:N0}. Make the key from the classes that occur, with Conversion.MapValueToKey."));
        }
    }

    private static ArgumentOutOfRangeException OneClass(ColumnDescription label) => Error(
        $"Label column '{label.Name}' is a key with 1 value: all rows that the key was made from have the same class, and a classifier needs at least 2. " +
        "Check how those rows were filtered, or set LabelColumnName.");

    public static void CheckRegressionLabel(ColumnDescription label)
    {
        if (label.IsKey || !label.ItemType.Equals(NumberDataViewType.Single) || label.Kind == SchemaShape.Column.VectorKind.VariableVector)
        {
            throw Error(
                $"Label column '{label.Name}' is {label.TypeName}; regression needs Single, or for several targets Vector<Single> of known size. " +
                "Convert it with Conversion.ConvertType or Concatenate, or set LabelColumnName.");
        }
    }

    public static void CheckMultiLabel(ColumnDescription label)
    {
        if (label.IsKey || !label.ItemType.Equals(BooleanDataViewType.Instance) || label.Kind != SchemaShape.Column.VectorKind.Vector)
        {
            throw Error(
                $"Label column '{label.Name}' is {label.TypeName}; multi-label classification needs Vector<Boolean> of known size. " +
                "Put the labels together with Concatenate, give the size with [VectorType(n)], or set LabelColumnName.");
        }
    }

    /// <summary>The validation data must have the columns of the training data, of the same types and annotated alike.</summary>
    /// <param name="inputSchema">Of the validation data.</param>
    /// <param name="training">The columns of the training data.</param>
    /// <param name="options">Name the columns.</param>
    /// <param name="checkLabel">Throws when the task cannot learn from that type of label.</param>
    /// <param name="namesOf">What stands behind the outputs that a label asks for.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing, or of another type or otherwise annotated than in training.</exception>
    public static TrainingColumns FindValidationColumns(
        DataViewSchema inputSchema, TrainingColumns training, MlpOptions options, Action<DataViewSchema.Column> checkLabel,
        Func<DataViewSchema.Column, LabelValues?> namesOf)
    {
        TrainingColumns columns = FindTrainingColumns(inputSchema, options, checkLabel);
        CheckSame("Feature", columns.Features, training.Features);
        CheckSame("Label", columns.Label, training.Label);
        string? difference = FeatureAnnotations.Of(columns.Features).DifferenceFrom(
            FeatureAnnotations.Of(training.Features), columns.Features.Name, ValidationPlace, TrainingPlace)
            ?? LabelValues.Difference(namesOf(columns.Label), namesOf(training.Label), columns.Label, ValidationPlace, TrainingPlace);
        return difference is null ? columns : throw Error($"{difference} Transform both with the same fitted transformers.");
    }

    /// <summary>The rows of a label must be named as the outputs of the model that they are compared with.</summary>
    /// <exception cref="ArgumentOutOfRangeException">They have other key values or slot names.</exception>
    public static void CheckLabelOf(MlpModelParameters model, DataViewSchema.Column label)
    {
        LabelValues? names = model.Meaning.Task == MlpTask.Binary
            ? BinaryLabelReader.ClassesOf(label, BinaryLabelReader.PositiveKeyOf(label, model)) : LabelValues.Of(label);
        if (LabelValues.Difference(names, model.Meaning.Names, label, "this data", TrainingPlace) is string difference)
            throw Error($"{difference} Transform this data with the transformers that were fitted for the training.");
    }

    private static void CheckSame(string role, DataViewSchema.Column validation, DataViewSchema.Column training)
    {
        if (!validation.Type.Equals(training.Type))
        {
            throw Error(
                $"{role} column '{validation.Name}' is {validation.Type} in the validation data and {training.Type} in the training data. " +
                "Transform both with the same fitted transformers.");
        }
    }

    private static DataViewSchema.Column FindFeatures(DataViewSchema inputSchema, string name)
    {
        DataViewSchema.Column features = Find(inputSchema, name, "feature", nameof(MlpOptions.FeatureColumnName));
        CheckFeatures(ColumnDescription.Of(features));
        return features;
    }

    private static void CheckFeatures(ColumnDescription features)
    {
        if (features.IsKey || !features.ItemType.Equals(NumberDataViewType.Single))
        {
            throw Error(
                $"Feature column '{features.Name}' is {features.TypeName}; a network needs Vector<Single> of known size, or Single. " +
                "Convert it with Conversion.ConvertType, OneHotEncoding or Concatenate, or set FeatureColumnName.");
        }
        if (features.Kind == SchemaShape.Column.VectorKind.VariableVector)
        {
            throw Error(
                $"Feature column '{features.Name}' is {features.TypeName}; a network needs a fixed number of inputs. " +
                "Give the size with [VectorType(n)] or a SchemaDefinition.");
        }
    }

    private static void CheckExampleWeight(ColumnDescription weight)
    {
        if (!weight.IsScalarOf(NumberDataViewType.Single))
        {
            throw Error(
                $"Example weight column '{weight.Name}' is {weight.TypeName}; weights are Single. " +
                "Convert it with Conversion.ConvertType, or set ExampleWeightColumnName.");
        }
    }

    private static int SizeOf(DataViewSchema.Column features) => features.Type is VectorDataViewType vector ? vector.Size : 1;

    private static DataViewSchema.Column Find(DataViewSchema schema, string name, string role, string option) =>
        schema.GetColumnOrNull(name)
        ?? throw Missing(schema.Where(column => !column.IsHidden).Select(column => column.Name), name, role, option);

    private static ColumnDescription Find(SchemaShape schema, string name, string role, string option)
    {
        // A default column has no name.
        SchemaShape.Column found = schema.FirstOrDefault(column => column.Name == name);
        return found.Name is null ? throw Missing(schema.Select(column => column.Name), name, role, option) : ColumnDescription.Of(found);
    }

    private static ArgumentOutOfRangeException Missing(IEnumerable<string> names, string name, string role, string option)
    {
        string[] all = [.. names];
        string shown = all.Length == 0 ? "no columns" : string.Join(", ", all.Take(MaxNamesInMessage));
        if (all.Length > MaxNamesInMessage)
            shown += $" and {all.Length - MaxNamesInMessage} more";
        string advice = role == "feature" ? "Concatenate the inputs into one vector column, or set" : "Set";
        return Error($"Could not find {role} column '{name}'. The input has {shown}. {advice} {option}.");
    }

    // The name of the parameter wherever ML.NET checks a schema.
    private static ArgumentOutOfRangeException Error(string message) => new("inputSchema", message);
}
