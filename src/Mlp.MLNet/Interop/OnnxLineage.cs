using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Model.OnnxConverter;

namespace Mlp.MLNet.Interop;

/// <summary>Checks that ML.NET's converter to ONNX has every step of a pipeline that a feature column is computed by.</summary>
/// <remarks>
/// The converter goes back from the last data view as long as it can convert, and takes the columns of the very first one as inputs. Steps
/// in between, and columns that a step cannot convert, are left out without an error; what reads them then fails, or reads another column
/// of the same name. The data views are of internal interfaces.
/// </remarks>
internal static class OnnxLineage
{
    /// <summary>Before the conversion: the converter must reach every step.</summary>
    /// <param name="context">Of the conversion.</param>
    /// <param name="view">Has the feature column.</param>
    /// <param name="features">The feature column.</param>
    /// <exception cref="InvalidOperationException">A step cannot be converted, or lies before one that cannot.</exception>
    public static void CheckSteps(OnnxContext context, IDataView view, DataViewSchema.Column features)
    {
        IDataTransform? obstacle = null;
        foreach (Step step in StepsBehind(view, features))
        {
            bool isObstacle = obstacle is null && !CanConvert(step.Transform, context);
            if (isObstacle)
                obstacle = step.Transform;
            if (obstacle is not null && step.Made.Count > 0)
                throw isObstacle ? HasNoForm(step, step.Made[0], features) : IsOutOfReach(step.Made[0], features, obstacle);
        }
    }

    /// <summary>When all steps before are converted: every column must be in the graph.</summary>
    /// <inheritdoc cref="CheckSteps" path="/param"/>
    /// <exception cref="InvalidOperationException">A step was left out for a column that has no ONNX form.</exception>
    public static void CheckColumns(OnnxContext context, IDataView view, DataViewSchema.Column features)
    {
        // The first one is the cause: those behind it lack what it should give.
        foreach (Step step in StepsBehind(view, features).Reverse())
        {
            // ML.NET's hashing takes away its input, not its output, when it cannot convert.
            bool hasInputs = step.Sources.All(column => context.ContainsColumn(column.Name));
            DataViewSchema.Column? lost = step.Made.Select(column => (DataViewSchema.Column?)column)
                .FirstOrDefault(column => !hasInputs || !context.ContainsColumn(column!.Value.Name));
            if (lost is DataViewSchema.Column made)
                throw HasNoForm(step, made, features);
        }
    }

    private static bool CanConvert(IDataTransform transform, OnnxContext context) =>
        transform is ITransformCanSaveOnnx convertible && convertible.CanSaveOnnx(context);

    /// <summary>The steps from the last one to the first.</summary>
    private static IEnumerable<Step> StepsBehind(IDataView view, DataViewSchema.Column features)
    {
        DataViewSchema.Column[] needed = [features];
        for (; view is IDataTransform transform; view = transform.Source)
        {
            DataViewSchema input = transform.Source.Schema;
            // A new column hides the one of its name, and both are in the schema.
            DataViewSchema.Column[] made = [.. needed.Where(column => CountOf(transform.Schema, column) > CountOf(input, column))];
            yield return new Step(transform, made, Sources(transform, made));
            needed = Sources(transform, needed);
        }
    }

    private static DataViewSchema.Column[] Sources(IDataTransform transform, DataViewSchema.Column[] columns) => transform switch
    {
        OnnxDataView scores => [.. scores.GetDependencies(columns)],
        IRowToRowMapper mapper => [.. mapper.GetDependencies(columns)],
        // A filter and the like: what it does not make, it hands on.
        _ => [.. columns.Select(column => transform.Source.Schema.GetColumnOrNull(column.Name)).OfType<DataViewSchema.Column>()],
    };

    /// <summary>The columns of the very first data view that a step uses: those between may be ML.NET's own.</summary>
    private static IEnumerable<string> Origins(Step step)
    {
        DataViewSchema.Column[] columns = [.. step.Sources];
        for (IDataView view = step.Transform.Source; view is IDataTransform transform; view = transform.Source)
            columns = Sources(transform, columns);
        return columns.Select(column => column.Name);
    }

    private static int CountOf(DataViewSchema schema, DataViewSchema.Column column) => schema.Count(other => other.Name == column.Name);

    private static InvalidOperationException HasNoForm(Step step, DataViewSchema.Column made, DataViewSchema.Column features)
    {
        string[] origins = [.. Origins(step).Where(name => name != made.Name)];
        string sources = origins.Length == 0 ? "" : $", computed from {string.Join(", ", origins.Select(name => $"'{name}'"))},";
        return new InvalidOperationException(
            $"Column '{made.Name}'{sources} has no ONNX form in ML.NET, and {NeedOf(made, features)}. " +
            "Use another step in its place, or run that step in the program and write the network behind it with Model.SaveAsOnnx.");
    }

    private static InvalidOperationException IsOutOfReach(
        DataViewSchema.Column made, DataViewSchema.Column features, IDataTransform obstacle)
    {
        DataViewSchema.Column? added = obstacle.Schema.Select(column => (DataViewSchema.Column?)column)
            .FirstOrDefault(column => CountOf(obstacle.Schema, column!.Value) > CountOf(obstacle.Source.Schema, column.Value));
        string name = added is DataViewSchema.Column column ? $"the step that makes column '{column.Name}'" : obstacle.GetType().Name;
        return new InvalidOperationException(
            $"Column '{made.Name}' cannot be written as ONNX, and {NeedOf(made, features)}: ML.NET's converter ends at {name}, " +
            "which comes after it. Leave that step out of the model and of the data that ConvertToOnnx gets, " +
            "or write the network alone with Model.SaveAsOnnx.");
    }

    private static string NeedOf(DataViewSchema.Column made, DataViewSchema.Column features) =>
        made.Name == features.Name ? "the network reads it" : $"feature column '{features.Name}' needs it";

    /// <param name="Transform">The step.</param>
    /// <param name="Made">Columns that it makes and that lead to the features.</param>
    /// <param name="Sources">What it makes them from.</param>
    private sealed record Step(
        IDataTransform Transform, IReadOnlyList<DataViewSchema.Column> Made, IReadOnlyList<DataViewSchema.Column> Sources);
}
