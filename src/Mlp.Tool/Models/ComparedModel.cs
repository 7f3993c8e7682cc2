using System.Collections;
using Microsoft.ML;
using Mlp.MLNet;
using Mlp.Reports;
using Mlp.Reports.Content;
using Mlp.Tool.Output;
using Mlp.Tool.Pipelines;
using Mlp.Tool.Tasks;

namespace Mlp.Tool.Models;

/// <summary>One of two models that are compared, with the table as it reads it.</summary>
/// <param name="model">The model.</param>
/// <param name="table">Opened for it.</param>
internal sealed class ComparedModel(SavedModel model, ModelTable table)
{
    private const int MostNames = 5;

    public SavedModel Model => model;

    /// <summary>Refuses models that predict different things.</summary>
    /// <exception cref="ToolException">They do.</exception>
    public static void Check(SavedModel first, SavedModel second)
    {
        (ModelNotes one, ModelNotes other) = (first.Notes, second.Notes);
        if (one.Task != other.Task)
            throw Differ(first, Describe(one), second, Describe(other), "Compare models of one task.");
        (string label, string otherLabel) = (one.Label.Fields[0], other.Label.Fields[0]);
        if (label != otherLabel)
        {
            throw Differ(
                first, $"'{label}'", second, $"'{otherLabel}'", "Compare models of one column; give it one name if it is the same.");
        }
        string[] onlyOne = [.. one.Classes.Except(other.Classes)], onlyOther = [.. other.Classes.Except(one.Classes)];
        if (onlyOne.Length + onlyOther.Length > 0)
        {
            string[] differences =
                [.. new[] { Names(first, onlyOne), Names(second, onlyOther) }.Where(text => text.Length > 0)];
            throw new ToolException(
                ExitCode.BadInput, $"The models know different classes: {string.Join("; ", differences)}. Compare models of the same "
                    + "classes: train both on rows of all of them.");
        }
    }

    /// <summary>The rows with a label that the model knows.</summary>
    /// <exception cref="ToolException">There are none.</exception>
    public BitArray LabeledRows(CancellationToken cancellationToken) => table.LabeledRows(model, cancellationToken, out _).Chosen;

    /// <summary>Reads labels and predictions of rows.</summary>
    /// <param name="chosen">One per row of the table.</param>
    /// <param name="classes">The order in which they are given.</param>
    /// <param name="cancellationToken">Checked for each row.</param>
    /// <returns>Of each row the label (the index of a class, or a number) and the outputs; NaN where there is no prediction.</returns>
    public List<(double Label, double[] Outputs)> Read(
        BitArray chosen, IReadOnlyList<string> classes, CancellationToken cancellationToken)
    {
        var rows = new RowSubset(table.Data, chosen);
        IDataView scored = model.Transformer.Transform(rows);
        DataViewSchema.Column label = rows.Schema[model.Notes.Label.Name];
        using DataViewRowCursor labels = rows.GetRowCursor([label]);
        using DataViewRowCursor cursor = scored.GetRowCursor(PredictionReader.Sources(model.Notes.Definition, scored.Schema));
        Func<float> readLabel = LabelSummary.CreateReader(labels, label, classes);
        Func<double[]> readOutputs = OutputReader(cursor, classes);
        var read = new List<(double, double[])>();
        while (cursor.MoveNext() && labels.MoveNext())
        {
            cancellationToken.ThrowIfCancellationRequested();
            read.Add((readLabel(), readOutputs()));
        }
        return read;
    }

    /// <summary>The probability from which the last of two classes is predicted.</summary>
    /// <param name="classes">The order in which they are given.</param>
    public double ThresholdFor(IReadOnlyList<string> classes)
    {
        double threshold = model.Network is MlpBinaryTransformer binary ? 1 / (1 + Math.Exp(-binary.ScoreThreshold)) : 0.5;
        return model.Notes.Classes.Count == 2 && model.Notes.Classes[1] != classes[1] ? 1 - threshold : threshold;
    }

    /// <summary>Labels and predictions as metrics take them.</summary>
    /// <param name="rows">At least one.</param>
    /// <param name="classes">The order in which they are given.</param>
    public ScoredRows Score(IReadOnlyList<(double Label, double[] Outputs)> rows, IReadOnlyList<string> classes)
    {
        PredictionTask task = model.Notes.Definition.ReportTask;
        var targets = new RowBlocks<double>(1);
        foreach ((double label, _) in rows)
            targets.Add()[0] = label;
        var predictions = TestPredictions.Of(task, [.. rows.SelectMany(row => row.Outputs)], targets, ThresholdFor(classes));
        string name = model.Notes.Label.Fields[0];
        return new ScoredRows(task, predictions, targets, classes.Count > 0 ? classes : [name], name);
    }

    private Func<double[]> OutputReader(DataViewRow row, IReadOnlyList<string> classes)
    {
        ModelTask task = model.Notes.Definition;
        int[] places = task.HasClasses ? [.. classes.Select(name => model.Notes.Classes.ToList().IndexOf(name))] : [0];
        Func<(int?, float[] Values)> readValues = task.CreateReader(row, model.Notes.Classes.Count);
        return () =>
        {
            float[] values = readValues().Values;
            return [.. task.ReportOutputs([.. places.Select(place => (double)values[place])])];
        };
    }

    private static string Describe(ModelNotes notes) => $"'{notes.Label.Fields[0]}' ({notes.Task.ToString().ToLowerInvariant()})";

    private static string Names(SavedModel model, string[] classes) => classes.Length == 0 ? ""
        : $"only {model.Path} knows {string.Join(", ", classes.Take(MostNames))}{(classes.Length > MostNames ? ", ..." : "")}";

    private static ToolException Differ(SavedModel first, string one, SavedModel second, string other, string next) => new(
        ExitCode.BadInput, $"{first.Path} predicts {one}, and {second.Path} predicts {other}. {next}");
}
