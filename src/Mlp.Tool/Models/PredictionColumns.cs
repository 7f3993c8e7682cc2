using System.Globalization;
using Microsoft.ML;
using Mlp.Tool.Tasks;

namespace Mlp.Tool.Models;

/// <summary>The predictions as columns of a CSV.</summary>
/// <remarks>
/// Classes: <c>PredictedLabel</c> with the name of the class, and <c>Probability.x</c> for each class x. A regression: <c>Score</c>. Behind
/// them what <see cref="CoverageFields"/> has. If a missing value makes a prediction impossible, its columns are empty.
/// </remarks>
internal sealed class PredictionColumns
{
    private const string SetSeparator = ";";

    private readonly IReadOnlyList<string> _classes;
    private readonly ModelTask _task;

    /// <param name="notes">Of the model.</param>
    /// <param name="scored">Of the scored rows, which may have intervals or sets.</param>
    /// <param name="taken">Names of the table's own columns; the new columns get other names.</param>
    public PredictionColumns(ModelNotes notes, DataViewSchema scored, IEnumerable<string> taken)
    {
        (_classes, _task) = (notes.Classes, notes.Definition);
        HashSet<string> names = [.. taken];
        string[] wanted = _task.HasClasses
            ? [MLNetColumns.PredictedLabel, .. _classes.Select(name => $"{MLNetColumns.Probability}.{name}")] : [MLNetColumns.Score];
        Names = [.. wanted.Concat(CoverageFields.Sources(scored).SelectMany(CoverageFields.NamesOf)).Select(Free)];

        string Free(string name)
        {
            string free = name;
            for (int number = 2; !names.Add(free); number++)
                free = $"{name}_{number}";
            return free;
        }
    }

    public IReadOnlyList<string> Names { get; }

    /// <summary>The columns of the scored rows that <see cref="CreateReader"/> reads.</summary>
    public IEnumerable<DataViewSchema.Column> Sources(DataViewSchema schema) => PredictionReader.Sources(_task, schema);

    /// <summary>Reads the fields of the cursor's row; the array is reused.</summary>
    public Func<string[]> CreateReader(DataViewRow row)
    {
        var reader = new PredictionReader(_task, _classes, row);
        string[] fields = new string[Names.Count];
        return () =>
        {
            int next = 0;
            foreach (string field in FieldsOf(reader.Read()))
                fields[next++] = field;
            return fields;
        };
    }

    /// <summary>In the order of the names.</summary>
    private IEnumerable<string> FieldsOf(RowPrediction prediction)
    {
        if (_task.HasClasses)
            yield return prediction.ClassIndex is int index ? _classes[index] : "";
        foreach (float value in prediction.Values)
            yield return Text(value);
        foreach (PredictedInterval interval in prediction.Intervals)
            yield return Text(interval.Lower);
        foreach (PredictedInterval interval in prediction.Intervals)
            yield return Text(interval.Upper);
        if (prediction.Set is { } set)
            yield return string.Join(SetSeparator, set.Select(index => _classes[index]));
    }

    private static string Text(float value) => float.IsNaN(value) ? "" : value.ToString("R", CultureInfo.InvariantCulture);
}
