using Mlp.MLNet.Options;
using Mlp.MLNet.Reading;
using Mlp.MLNet.Tasks;

namespace Mlp.MLNet.Training;

/// <summary>What has changed between the training of a model and rows that it is to be updated with.</summary>
internal static class SchemaChanges
{
    private const int MostNames = 5;

    /// <param name="start">The model.</param>
    /// <param name="featureColumnName">Of the model.</param>
    /// <param name="columns">Of the new rows.</param>
    /// <param name="growth">Where the model's slots are in them; null where they are not there.</param>
    /// <param name="task">As the trainer has it.</param>
    /// <param name="output">Of the trainer.</param>
    /// <exception cref="ArgumentException">Something has changed; the message says what, all of it.</exception>
    public static void Check(
        MlpModelParameters start, string featureColumnName, TrainingColumns columns, LayoutGrowth? growth, TaskDefinition task,
        OutputFunctions output)
    {
        string[] changes = [.. Find(start, featureColumnName, columns, growth, task, output)];
        if (changes.Length > 0)
        {
            throw new ArgumentException(
                $"The new rows cannot update the model. {string.Join(" ", changes)} Transform the rows with the transformers that were "
                    + "fitted for the model and use a trainer with its options, or train anew.",
                "newRows");
        }
    }

    private static IEnumerable<string> Find(
        MlpModelParameters start, string featureColumnName, TrainingColumns columns, LayoutGrowth? growth, TaskDefinition task,
        OutputFunctions output)
    {
        if (columns.Features.Name != featureColumnName)
            yield return $"The model reads feature column '{featureColumnName}', and FeatureColumnName is '{columns.Features.Name}'.";
        foreach (string change in OfFeatures(start, columns, growth))
            yield return change;
        foreach (string change in OfKeys(start, columns))
            yield return change;
        int outputs = task.CountOutputs(columns);
        LabelValues? names = task.ReadingAs(start.Label).NamesOf(columns.Label);
        if (outputs != start.OutputCount)
        {
            string[] here = names?.ToTexts() ?? [], there = start.Label.Values?.ToTexts() ?? [];
            yield return $"Label column '{columns.Label.Name}' asks for {outputs:N0} outputs, and the model has {start.OutputCount:N0}"
                + $"{Difference(there, here)}.";
        }
        else if (LabelValues.Difference(names, start.Label.Values, columns.Label, "the new rows", SchemaChecks.TrainingPlace) is { } label)
            yield return label;
        if (start.Link != output.Link || start.Layers[^1].Activation != output.Stored)
        {
            yield return $"The model's outputs are {start.Layers[^1].Activation} with the link {start.Link}, and the trainer's Loss and "
                + $"OutputActivation ask for {output.Stored} with {output.Link}.";
        }
    }

    private static IEnumerable<string> OfFeatures(MlpModelParameters start, TrainingColumns columns, LayoutGrowth? growth)
    {
        var features = FeatureAnnotations.Of(columns.Features);
        string name = $"Feature column '{columns.Features.Name}'";
        string[]? here = features.SlotNames, there = start.Features?.SlotNames;
        if (growth is null)
        {
            yield return $"{name} has {columns.FeatureCount:N0} slots, and the model takes {start.InputCount:N0}"
                + $"{Difference(there ?? [], here ?? [])}.";
            yield break;
        }
        if (here is not null && there is not null)
        {
            int[] others = [.. Enumerable.Range(0, there.Length).Where(slot =>
                there[slot].Length > 0 && here[growth.Places[slot]].Length > 0 && there[slot] != here[growth.Places[slot]])];
            if (others.Length > 0)
            {
                int first = others[0];
                yield return $"{name} has other slots than in training, {others.Length:N0} of {there.Length:N0}: the first was "
                    + $"'{there[first]}' and is '{here[growth.Places[first]]}'{Difference(there, here)}.";
            }
        }
        if (growth.Layout.SlotCount == start.InputCount && start.Features?.CategoricalSlotRanges is { } before
            && features.CategoricalSlotRanges is { } now && !before.SequenceEqual(now))
            yield return $"{name} has other categories: the slots that belong together are others than in training.";
        if ((features.IsNormalized, start.Features?.IsNormalized) is (bool isNow, bool was) && isNow != was)
            yield return $"{name} is {(isNow ? "normalized" : "not normalized")} now, and was {(was ? "" : "not ")}in training.";
    }

    private static IEnumerable<string> OfKeys(MlpModelParameters start, TrainingColumns columns)
    {
        string[] here = [.. columns.Categories.Select(column => column.Name)];
        // Parameters by themselves do not know the names.
        string[] there = start.Categories.Count == start.KeyCounts.Length ? [.. start.Categories.Select(column => column.Name)] : here;
        if (here.Length != start.KeyCounts.Length || !here.SequenceEqual(there))
        {
            yield return $"CategoricalColumnNames has [{string.Join(", ", here)}], and the model reads [{string.Join(", ", there)}].";
            yield break;
        }
        if (CategoryValues.Difference(columns.Categories, start.Categories, "the new rows", SchemaChecks.TrainingPlace) is { } difference)
            yield return difference;
    }

    /// <summary>"; gone: a, b; new: c" for messages; nothing where names are not known.</summary>
    private static string Difference(string[] before, string[] now)
    {
        if (before.Length == 0 || now.Length == 0)
            return "";
        return $"{List("gone", before.Except(now))}{List("new", now.Except(before))}";

        static string List(string word, IEnumerable<string> names)
        {
            string[] all = [.. names.Where(name => name.Length > 0)];
            string more = all.Length > MostNames ? $" and {all.Length - MostNames:N0} more" : "";
            return all.Length == 0 ? "" : $"; {word}: {string.Join(", ", all.Take(MostNames))}{more}";
        }
    }
}
