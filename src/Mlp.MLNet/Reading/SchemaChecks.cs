using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.MLNet.Options;

namespace Mlp.MLNet.Reading;

/// <summary>Every check of a column, for schemas and for shapes of schemas, with its message.</summary>
/// <remarks>Features come first, then weights, then labels; the exception is ArgumentOutOfRangeException: both as in ML.NET.</remarks>
internal static class SchemaChecks
{
    private const int MaxNamesInMessage = 20;
    private const string ValidationPlace = "the validation data";

    /// <summary>For messages about a difference.</summary>
    public const string TrainingPlace = "the training data";

    /// <summary>The columns to train on.</summary>
    /// <param name="inputSchema">Of the training data.</param>
    /// <param name="options">Name the columns.</param>
    /// <param name="checkLabel">Throws when the task cannot learn from that type of label.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or has the wrong type.</exception>
    public static TrainingColumns FindTrainingColumns(
        DataViewSchema inputSchema, ResolvedOptions options, Action<DataViewSchema.Column> checkLabel)
    {
        DataViewSchema.Column features = FindFeatures(inputSchema, options.FeatureColumnName);
        DataViewSchema.Column[] categories = FindCategories(inputSchema, options.CategoricalColumnNames);
        foreach (DataViewSchema.Column category in categories)
            CheckCount(ColumnDescription.Of(category));
        DataViewSchema.Column? weight = null;
        if (options.ExampleWeightColumnName is string weightName)
        {
            weight = Find(inputSchema, weightName, "example weight", nameof(options.ExampleWeightColumnName));
            CheckExampleWeight(ColumnDescription.Of(weight.Value));
        }
        DataViewSchema.Column label = Find(inputSchema, options.LabelColumnName, "label", nameof(options.LabelColumnName));
        checkLabel(label);
        return new TrainingColumns(features, SizeOf(features), label, weight) { Categories = categories };
    }

    /// <summary>Checks the training columns where only the shape is known.</summary>
    public static void CheckTrainingColumns(SchemaShape inputSchema, ResolvedOptions options, Action<ColumnDescription> checkLabel)
    {
        CheckFeatures(Find(inputSchema, options.FeatureColumnName, "feature", nameof(options.FeatureColumnName)));
        foreach (string name in options.CategoricalColumnNames)
            CheckCategory(Find(inputSchema, name, "categorical", nameof(options.CategoricalColumnNames)));
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
                $"Feature column '{name}' has {size} slots, but this model was trained on {inputCount}.");
        }
        return features;
    }

    /// <summary>The key columns, to train on or to predict from.</summary>
    /// <param name="inputSchema">Of the data.</param>
    /// <param name="names">Of the columns.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing, or no key.</exception>
    public static DataViewSchema.Column[] FindCategories(DataViewSchema inputSchema, IEnumerable<string> names)
    {
        DataViewSchema.Column[] columns = [.. names.Select(
            name => Find(inputSchema, name, "categorical", nameof(ResolvedOptions.CategoricalColumnNames)))];
        foreach (DataViewSchema.Column column in columns)
            CheckCategory(ColumnDescription.Of(column));
        return columns;
    }

    /// <summary>The label column, of any type.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is missing.</exception>
    public static DataViewSchema.Column FindLabel(DataViewSchema inputSchema, string name) =>
        Find(inputSchema, name, "label", "labelColumnName");

    /// <summary>A key of one value, which no classifier can learn from.</summary>
    public static ArgumentOutOfRangeException OneClass(ColumnDescription label) => Error(
        $"Label column '{label.Name}' is a key with 1 value: all rows that the key was made from have the same class, and a classifier "
            + "needs at least 2. " +
        "Check how those rows were filtered, or set LabelColumnName.");

    /// <summary>The validation data must have the columns of the training data, of the same types and annotated alike.</summary>
    /// <param name="inputSchema">Of the validation data.</param>
    /// <param name="training">The columns of the training data.</param>
    /// <param name="options">Name the columns.</param>
    /// <param name="checkLabel">Throws when the task cannot learn from that type of label.</param>
    /// <param name="namesOf">What stands behind the outputs that a label asks for.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing, or of another type or otherwise annotated than in
    /// training.</exception>
    public static TrainingColumns FindValidationColumns(
        DataViewSchema inputSchema, TrainingColumns training, ResolvedOptions options, Action<DataViewSchema.Column> checkLabel,
        Func<DataViewSchema.Column, LabelValues?> namesOf)
    {
        TrainingColumns columns = FindTrainingColumns(inputSchema, options, checkLabel);
        CheckSame("Feature", columns.Features, training.Features);
        foreach ((DataViewSchema.Column category, DataViewSchema.Column other) in columns.Categories.Zip(training.Categories))
            CheckSame("Categorical", category, other);
        CheckSame("Label", columns.Label, training.Label);
        string? difference = FeatureAnnotations.Of(columns.Features).DifferenceFrom(
            FeatureAnnotations.Of(training.Features), columns.Features.Name, ValidationPlace, TrainingPlace)
            ?? CategoryValues.Difference(
                columns.Categories, [.. training.Categories.Select(CategoryValues.Of)], ValidationPlace, TrainingPlace)
            ?? LabelValues.Difference(namesOf(columns.Label), namesOf(training.Label), columns.Label, ValidationPlace, TrainingPlace);
        return difference is null ? columns : throw Error($"{difference} Transform both with the same fitted transformers.");
    }

    private static void CheckSame(string role, DataViewSchema.Column validation, DataViewSchema.Column training)
    {
        if (!validation.Type.Equals(training.Type))
        {
            throw Error(
                $"{role} column '{validation.Name}' is {validation.Type} in the validation data and {training.Type} in the training data. "
                +
                "Transform both with the same fitted transformers.");
        }
    }

    private static DataViewSchema.Column FindFeatures(DataViewSchema inputSchema, string name)
    {
        DataViewSchema.Column features = Find(inputSchema, name, "feature", nameof(ResolvedOptions.FeatureColumnName));
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

    private static void CheckCategory(ColumnDescription category)
    {
        if (!category.IsScalar || !category.IsKey)
        {
            throw Error(
                $"Categorical column '{category.Name}' is {category.TypeName}; it must be a key (MapValueToKey) of one value a row. " +
                "Map it with Conversion.MapValueToKey, or leave it out of CategoricalColumnNames.");
        }
    }

    private static void CheckCount(ColumnDescription category)
    {
        if (category.KeyCount > (ulong)Array.MaxLength)
        {
            throw Error(
                $"Categorical column '{category.Name}' is a key with {category.KeyCount:N0} values; a network takes at most "
                    + $"{Array.MaxLength:N0}. Hash it to fewer bits, or leave it out of CategoricalColumnNames.");
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

    /// <summary>With the name that the parameter has wherever ML.NET checks a schema.</summary>
    public static ArgumentOutOfRangeException Error(string message) => new("inputSchema", message);
}
