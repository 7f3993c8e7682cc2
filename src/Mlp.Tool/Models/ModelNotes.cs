using System.Text.Json;
using System.Text.Json.Serialization;
using Mlp.Tables;
using Mlp.Tables.Descriptions;
using Mlp.Tool.Pipelines;
using Mlp.Tool.Tasks;

namespace Mlp.Tool.Models;

/// <summary> What the command must know about a model in addition to what ML.NET saves, as JSON in an entry of the zip that ML.NET ignores.
/// For a zip without this entry, the command uses the input schema.
/// </summary>
internal sealed record ModelNotes
{
    public const int CurrentVersion = 1;

    /// <summary>The version of this format.</summary>
    public required int Version { get; init; }

    public required TableTask Task { get; init; }

    /// <summary>What the task differs in.</summary>
    [JsonIgnore]
    public ModelTask Definition => ModelTask.Of(Task);

    /// <summary>All columns of the input schema.</summary>
    public required IReadOnlyList<InputColumn> Inputs { get; init; }

    /// <summary>By index; with two classes the positive one is last; empty for a regression.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>The labels of the training rows.</summary>
    public required LabelSummary TrainingLabels { get; init; }

    /// <summary>Numbers and dates that had no missing value in training.</summary>
    public required IReadOnlyList<string> NeverMissing { get; init; }

    /// <summary>How the network was trained; null where that is not known.</summary>
    public TrainerPlan? Trainer { get; init; }

    [JsonIgnore]
    public InputColumn Label => Inputs.Single(input => input.Kind == InputKind.Label);

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, NotesJson.Default.ModelNotes);

    /// <summary>Reads what <see cref="ToJson"/> wrote; it is not trusted.</summary>
    /// <exception cref="JsonException">It is not that.</exception>
    public static ModelNotes Parse(ReadOnlySpan<byte> json)
    {
        ModelNotes notes = JsonSerializer.Deserialize(json, NotesJson.Default.ModelNotes) ?? throw new JsonException("It is null.");
        if (notes.Version != CurrentVersion)
            throw new JsonException($"Its version is {notes.Version}; this command reads version {CurrentVersion}.");
        // JSON can put null into lists, whatever their types say.
        Check(notes.Inputs.All(input => input?.Fields.All(field => field is not null) == true)
            && notes.Classes.All(name => name is not null), "a null in a list");
        Check(notes.Inputs.All(input => input.Fields.Count > 0), "an input without fields");
        Check(notes.Inputs.All(input => input.Fields.Count == 1 || !input.IsText), "a vector of text");
        Check(
            notes.Inputs.All(input => Enum.IsDefined(input.Part) && (input.Part == DatePart.Days || input.Kind == InputKind.Date)
                && input.Part != DatePart.DaysSince | input.Fields.Count == 2),
            "a part of a date that there is not");
        Check(
            notes.Inputs.All(input => input.DateForm == DateForm.None
                || (input.Kind == InputKind.Date && DateFormCheck.IsForm(input.DateForm))),
            "a form of dates that there is not");
        Check(
            notes.Inputs.All(input => input.NumberForm is null
                || (input.Kind != InputKind.Date && input.NumberForm is { DecimalMark: '.' or ',', Unit: not null })),
            "a form of numbers that there is not");
        Check(notes.Inputs.All(input => Enum.IsDefined(input.TextForm)), "a form of texts that there is not");
        Check(notes.Inputs.Select(input => input.Name).Distinct().Count() == notes.Inputs.Count, "two inputs of one name");
        Check(notes.Inputs.Count(input => input.Kind == InputKind.Label) == 1, "not one label");
        Check(notes.Classes.Distinct().Count() == notes.Classes.Count, "two classes of one name");
        Check(Enum.IsDefined(notes.Task) && (notes.Trainer is null || Enum.IsDefined(notes.Trainer.Task)), "a task that there is not");
        Check(notes.Definition.TakesClasses(notes.Classes.Count), "classes that do not fit the task");
        Check(
            notes.Definition.HasClasses
                ? notes.TrainingLabels.Counts?.Count == notes.Classes.Count && notes.TrainingLabels.Counts.All(count => count >= 0)
                    && notes.TrainingLabels.Counts.Any(count => count > 0)
                : notes.TrainingLabels is { Mean: not null, Median: not null },
            "labels that do not fit the task");
        return notes;

        static void Check(bool isFine, string found)
        {
            if (!isFine)
                throw new JsonException($"It has {found}.");
        }
    }
}

/// <summary>How the notes are written and read.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, WriteIndented = true,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ModelNotes))]
internal sealed partial class NotesJson : JsonSerializerContext;
