using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.Tables;
using Mlp.Tool.Pipelines;

namespace Mlp.Tool.Models;

/// <summary>The predictions as columns of a CSV.</summary>
/// <remarks>
/// Classes: <c>PredictedLabel</c> with the name of the class, and <c>Probability.x</c> for each class x. A regression: <c>Score</c>. Behind
/// them what <see cref="CoverageFields"/> has. If a missing value makes a prediction impossible, its columns are empty.
/// </remarks>
internal sealed class PredictionColumns
{
    private readonly IReadOnlyList<string> _classes;
    private readonly TableTask _task;
    private readonly int _coverageStart;

    /// <param name="notes">Of the model.</param>
    /// <param name="scored">Of the scored rows, which may have intervals or sets.</param>
    /// <param name="taken">Names of the table's own columns; the new columns get other names.</param>
    public PredictionColumns(ModelNotes notes, DataViewSchema scored, IEnumerable<string> taken)
    {
        (_classes, _task) = (notes.Classes, notes.Task);
        HashSet<string> names = [.. taken];
        string[] wanted = _task == TableTask.Regression
            ? [MLNetColumns.Score] : [MLNetColumns.PredictedLabel, .. _classes.Select(name => $"{MLNetColumns.Probability}.{name}")];
        _coverageStart = wanted.Length;
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
    public IEnumerable<DataViewSchema.Column> Sources(DataViewSchema schema) =>
    [
        .. _task == TableTask.Binary
            ? (DataViewSchema.Column[])[schema[MLNetColumns.Probability], schema[MLNetColumns.PredictedLabel]]
            : [schema[MLNetColumns.Score]],
        .. CoverageFields.Sources(schema),
    ];

    /// <summary>Reads the fields of the cursor's row; the array is reused.</summary>
    public Func<string[]> CreateReader(DataViewRow row)
    {
        string[] fields = new string[Names.Count];
        Func<string[]> readScores = CreateScoreReader(row, fields);
        Func<IEnumerable<string>>[] readers = [.. CoverageFields.Sources(row.Schema)
            .Select(source => CoverageFields.CreateReader(row, source, _classes, Text))];
        return () =>
        {
            readScores();
            int next = _coverageStart;
            foreach (string field in readers.SelectMany(read => read()))
                fields[next++] = field;
            return fields;
        };
    }

    private Func<string[]> CreateScoreReader(DataViewRow row, string[] fields)
    {
        switch (_task)
        {
            case TableTask.Binary:
                ValueGetter<float> getProbability = row.GetGetter<float>(row.Schema[MLNetColumns.Probability]);
                ValueGetter<bool> getLabel = row.GetGetter<bool>(row.Schema[MLNetColumns.PredictedLabel]);
                return () =>
                {
                    float probability = 0;
                    bool isPositive = false;
                    getProbability(ref probability);
                    getLabel(ref isPositive);
                    fields[0] = float.IsNaN(probability) ? "" : _classes[isPositive ? 1 : 0];
                    (fields[1], fields[2]) = (Text(1 - probability), Text(probability));
                    return fields;
                };
            case TableTask.Multiclass:
                ValueGetter<VBuffer<float>> getScores = row.GetGetter<VBuffer<float>>(row.Schema[MLNetColumns.Score]);
                VBuffer<float> scores = default;
                return () =>
                {
                    getScores(ref scores);
                    float[] values = [.. scores.DenseValues()];
                    fields[0] = values.Any(float.IsNaN) ? "" : _classes[Array.IndexOf(values, values.Max())];
                    for (int index = 0; index < values.Length; index++)
                        fields[index + 1] = Text(values[index]);
                    return fields;
                };
            default:
                ValueGetter<float> getScore = row.GetGetter<float>(row.Schema[MLNetColumns.Score]);
                return () =>
                {
                    float score = 0;
                    getScore(ref score);
                    fields[0] = Text(score);
                    return fields;
                };
        }
    }

    private static string Text(float value) => float.IsNaN(value) ? "" : value.ToString("R", CultureInfo.InvariantCulture);
}
