using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.MLNet;
using Mlp.Tables;
using Mlp.Tool.Output;
using Mlp.Tool.Pipelines;
using Mlp.Tool.Tasks;

namespace Mlp.Tool.Models;

/// <summary>Notes for a zip without notes, which a program with ML.NET saved: they follow from its input schema.</summary>
internal static class NotesOfSchema
{
    /// <param name="path">Of the zip, for messages.</param>
    /// <param name="transformer">The model.</param>
    /// <param name="schema">Of its input.</param>
    /// <param name="network">Its predictor.</param>
    /// <param name="label">The label's column; null for "Label".</param>
    /// <exception cref="ToolException">A column is of a type that no CSV has, or there is no label.</exception>
    public static ModelNotes Create(string path, ITransformer transformer, DataViewSchema schema, MlpTransformerBase network, string? label)
    {
        string name = label ?? MLNetColumns.Label;
        ModelTask task = ModelTask.Of(network) ?? throw new ToolException(
            ExitCode.BadInput,
            $"'{path}' predicts several things at once, which this command does not do for a CSV. Score it from code: ml.Model.Load.");
        if (schema.GetColumnOrNull(name) is null)
        {
            throw new ToolException(ExitCode.BadInput,
                $"'{path}' was not saved by mlp train, and its schema has no column '{name}'. It has "
                    + $"{string.Join(", ", schema.Select(column => column.Name))}: say with --label which is the label.");
        }
        InputColumn[] inputs = [.. schema.Where(column => !column.IsHidden).Select(column => ToInput(path, column, name))];
        string[] classes = task.HasClasses ? ClassesOf(path, transformer.GetOutputSchema(schema)[name]) : [];
        long[]? counts = task.HasClasses ? [.. classes.Select(_ => 1L)] : null;
        return new ModelNotes
        {
            Version = ModelNotes.CurrentVersion,
            Task = task.Name,
            Inputs = inputs,
            Classes = classes,
            TrainingLabels = new LabelSummary(classes.Length, counts, counts is null ? 0 : null, counts is null ? 0 : null),
            NeverMissing = [],
        };
    }

    /// <summary>Notes of a model that no table is given to: they say nothing of its columns.</summary>
    /// <param name="network">Its predictor.</param>
    public static ModelNotes OfNoColumns(MlpTransformerBase network) => new()
    {
        Version = ModelNotes.CurrentVersion,
        Task = ModelTask.Of(network)?.Name ?? TableTask.Regression,
        Inputs = [],
        Classes = [],
        TrainingLabels = new LabelSummary(0, null, 0, 0),
        NeverMissing = [],
    };

    private static InputColumn ToInput(string path, DataViewSchema.Column column, string label)
    {
        bool isText = column.Type is TextDataViewType;
        if (!isText && column.Type != NumberDataViewType.Single)
        {
            throw new ToolException(ExitCode.BadInput,
                $"'{path}' was not saved by mlp train, and takes a column '{column.Name}' of type {column.Type}; of such a model this "
                    + "command can fill text and Single alone. Score it from code: ml.Model.Load.");
        }
        InputKind kind = column.Name == label ? InputKind.Label : isText ? InputKind.Category : InputKind.Number;
        return new InputColumn(column.Name, kind, [column.Name], isText);
    }

    private static string[] ClassesOf(string path, DataViewSchema.Column label)
    {
        if (label.Type is not KeyDataViewType || !label.HasKeyValues(TextDataViewType.Instance))
        {
            throw new ToolException(ExitCode.BadInput,
                $"'{path}' was not saved by mlp train, and its label '{label.Name}' is no key of texts, so that its classes have no "
                    + "names in a CSV. Score it from code: ml.Model.Load.");
        }
        VBuffer<ReadOnlyMemory<char>> values = default;
        label.GetKeyValues(ref values);
        return [.. values.DenseValues().Select(value => value.ToString())];
    }
}
