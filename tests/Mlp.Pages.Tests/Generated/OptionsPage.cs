using System.Reflection;
using System.Text;
using Microsoft.CodeAnalysis;
using Mlp.MLNet;

namespace Mlp.Pages.Tests.Generated;

/// <summary>Writes docs/options.md from the options' documentation comments and their values in each preset.</summary>
internal static class OptionsPage
{
    private const string Introduction = """
        # Options

        Set nothing first: `MlpPreset.Default` is good on most tables. Then the option that is about what you want:

        | you want | set |
        |---|---|
        | a quick first model, or many trainings | `MlpPreset.Fast` |
        | a better model for more time | `MlpPreset.Best`, or a [search](tuning.md) |
        | a network of your own, as in a textbook or an article | `MlpPreset.Plain`, `HiddenLayerSizes`, `Activation`, `Optimizer` |
        | the same model from every run | `Seed` |
        | a smaller model that predicts faster | `NumberOfNetworks = 2`, or 1 |
        | a shorter or a longer training | `NumberOfEpochs` |
        | less overfitting | `DropoutRates`, `L2Regularization`, smaller `HiddenLayerSizes` |
        | key columns as categories, without OneHotEncoding ([your table](your-table.md)) | `CategoricalColumnNames` |
        | rows that count more than others | `ExampleWeightColumnName`; for a rare class `ClassWeights` |
        | labels with outliers, counts, or a quantile instead of the mean | `Loss`: `Loss.Huber`, `Loss.Poisson`, `Loss.Quantile` |
        | how sure a prediction is ([intervals and sets](intervals.md)) | `PredictionIntervals` or `PredictionSets`, both as 0.9 |
        | a training that goes on after a crash ([checkpoints](reliability.md#checkpoints)) | `Checkpoint` and `Seed` |
        | to see how it goes, or to stop it | `EpochCallback`, `CancellationToken`, `ReturnBestOnCancellation` |
        | a model that learns on from new rows ([learning on](learning-on.md)) | `ReplayRowCount` |
        | a table larger than memory ([scale](scale.md)) | nothing, or `RowStore` to say where rows are |
        | a training on several machines ([scale](scale.md#many-machines)) | `Part`, or `Ranks` |

        Everything else is null, and null leaves it to the preset ([why these values](quality.md)):

        ```csharp
        using Mlp.MLNet;

        var options = new MlpBinaryTrainer.Options { NumberOfEpochs = 40 };               // 40 epochs, the rest by MlpPreset.Default
        var plain = new MlpBinaryTrainer.Options(MlpPreset.Plain) { LearningRate = 0.01 };
        Console.WriteLine(options);                                                       // every value in force; Fit logs them, too
        ```

        Below is every hyper-parameter of the trainers. The column *Default* has the values of `MlpPreset.Default`, the column *Plain* those
        of `MlpPreset.Plain`; `Fast` and `Best` differ from `Default` only where a cell says so. What you set wins, and is refused where it
        contradicts another option. To have none of what a preset has, say so: `EarlyStopping.None`, `NumericEmbedding.None`,
        `CategoricalEmbedding.None`, `DropoutRates = []`, `LearningRateSchedule.Constant`, `Initializer.Automatic` (the customary one of the
        layer), `MlpOptions.HiddenLayerSizesFor(rowCount)` and `NumberOfEpochsFor(rowCount)` (by the number of rows).

        This page is made from the comments of [`MlpOptions`](../src/Mlp.MLNet/Options/MlpOptions.cs) and of what belongs to it, and a test
        fails when it is not what this gives:

        ```sh
        MLP_WRITE_FILES=1 dotnet test tests/Mlp.Pages.Tests --filter GeneratedFiles
        ```

        """;

    private static readonly SymbolDisplayFormat TypeFormat = SymbolDisplayFormat.MinimallyQualifiedFormat
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    public static string Write()
    {
        PropertyInfo[] options = [.. OptionTasks.Properties];
        OptionGroups.Check(options);
        var text = new StringBuilder(Introduction);
        foreach ((string title, string[] names) in OptionGroups.All)
            WriteGroup(text, title, [.. names.Select(name => options.First(option => option.Name == name))]);
        WriteRecords(text, "Optimizers", "`Optimizer = new Adam { LearningRate = 0.01 }`. L-BFGS takes all rows in every step.",
            RecordsOf(typeof(Optimizer)));
        WriteRecords(
            text, "Schedules", "`Schedule = new CosineAnnealing()`. α is the optimizer's rate.", RecordsOf(typeof(LearningRateSchedule)));
        const string Objects = "Values of `EarlyStopping`, `NumericEmbedding`, `CategoricalEmbedding`, `RowStore` and `Checkpoint`.";
        WriteRecords(text, "Other objects", Objects, [
            typeof(EarlyStopping), typeof(NumericEmbedding), typeof(CategoricalEmbedding), typeof(RowStore), typeof(Checkpoint)]);
        WriteMembers(text, "Losses", typeof(Loss));
        WriteMembers(text, "Activations", typeof(Activation));
        WriteMembers(text, "Initializers", typeof(Initializer));
        WriteMembers(text, "Feature scaling", typeof(FeatureNormalization));
        WriteMembers(text, "Missing values", typeof(MissingValues));
        WriteMembers(text, "Class weights", typeof(ClassWeights));
        return text.ToString();
    }

    private static void WriteGroup(StringBuilder text, string title, PropertyInfo[] options)
    {
        text.Append(
            $"\n## {title}\n\n| option | type | range | Default | Plain | scikit-learn | PyTorch |\n|---|---|---|---|---|---|---|\n");
        foreach (PropertyInfo option in options)
        {
            var comment = OptionText.Parse(XmlDocs.Summary(Symbols.Of(option)));
            string expected = OptionTasks.Default(option.Name);
            if (comment.Default != expected)
                throw new InvalidOperationException(
                    $"The comment of {option.Name} ends with \"Default: {comment.Default}.\"; the table of presets says \"Default: "
                        + $"{expected}.\" Correct the comment.");
            text.Append(
                $"| `{option.Name}` | `{TypeOf(option)}` | {comment.Range} | {Recipe(option.Name)} | "
                    + $"{OptionTasks.Value(option.Name, MlpPreset.Plain)} | {Cell(comment.ScikitLearn)} | {Cell(comment.PyTorch)} |\n");
        }
        text.Append('\n');
        foreach (PropertyInfo option in options)
        {
            string tasks = OptionTasks.TasksWith(option.Name);
            string description = OptionText.Parse(XmlDocs.Summary(Symbols.Of(option))).Description;
            text.Append(WrappedProse.Of($"- **`{option.Name}`**{(tasks == "" ? "" : $" ({tasks})")}: {description}")).Append('\n');
        }
    }

    /// <summary>The value of <see cref="MlpPreset.Default"/>, and those of the presets like it where they differ.</summary>
    private static string Recipe(string option)
    {
        string value = OptionTasks.Value(option, MlpPreset.Default);
        string[] others =
            [.. ((MlpPreset[])[MlpPreset.Fast, MlpPreset.Best]).Select(preset => (preset, Value: OptionTasks.Value(option, preset)))
            .Where(other => other.Value != value).Select(other => $"{other.preset}: {other.Value}")];
        return others.Length == 0 ? value : $"{value} ({string.Join(", ", others)})";
    }

    private static void WriteRecords(StringBuilder text, string title, string introduction, IReadOnlyList<Type> records)
    {
        text.Append($"\n## {title}\n\n{introduction}\n");
        foreach (Type record in records)
        {
            INamedTypeSymbol symbol = Symbols.Of(record);
            var remarks = OptionText.Parse(XmlDocs.Remarks(symbol) ?? "");
            string peers = Peers(remarks);
            string summary = WrappedProse.Of($"{XmlDocs.Summary(symbol)}{(peers == "" ? "" : $" {peers}")}");
            text.Append($"\n### {record.Name}\n\n{summary}\n\n");
            if (record != typeof(Checkpoint) && remarks.Description != "")
                text.Append($"{WrappedProse.Of(remarks.Description)}\n\n");
            text.Append("| option | type | range | Default | | scikit-learn | PyTorch |\n|---|---|---|---|---|---|---|\n");
            object? defaults = record.GetConstructor(Type.EmptyTypes) is null ? null : Activator.CreateInstance(record);
            foreach (PropertyInfo option in PropertiesOf(record))
            {
                OptionText comment = CommentOf(option);
                string value = defaults is null ? option.Name == nameof(Checkpoint.Resume)
                    ? "`true`" : "" : ValueText.Of(option.Name, option.GetValue(defaults));
                text.Append(
                    $"| `{option.Name}` | `{TypeOf(option)}` | {comment.Range} | {value} | {Cell(comment.Description)} | "
                        + $"{Cell(comment.ScikitLearn)} | {Cell(comment.PyTorch)} |\n");
            }
        }
    }

    /// <summary>The static members that make values of a type, or the values of an enumeration.</summary>
    private static void WriteMembers(StringBuilder text, string title, Type type)
    {
        text.Append($"\n## {title}\n\n| `{type.Name}` | | scikit-learn | PyTorch |\n|---|---|---|---|\n");
        IEnumerable<ISymbol> members = Symbols.Of(type).GetMembers()
            .Where(member => member is { IsStatic: true, DeclaredAccessibility: Accessibility.Public }
            and (IFieldSymbol or IPropertySymbol or IMethodSymbol { MethodKind: MethodKind.Ordinary }) && ReturnsItself(member))
            .OrderBy(member => member is IMethodSymbol);
        foreach (ISymbol member in members)
        {
            var comment = OptionText.Parse(XmlDocs.Summary(member));
            string arguments = member is IMethodSymbol method
                ? $"({string.Join(", ", method.Parameters.Select(parameter => parameter.Name))})" : "";
            text.Append(
                $"| `{member.Name}{arguments}` | {Cell(comment.Description)} | {Cell(comment.ScikitLearn)} | {Cell(comment.PyTorch)} |\n");
        }
    }

    private static bool ReturnsItself(ISymbol member)
    {
        ITypeSymbol type = member switch
        {
            IFieldSymbol field => field.Type,
            IPropertySymbol property => property.Type,
            _ => ((IMethodSymbol)member).ReturnType
        };
        return SymbolEqualityComparer.Default.Equals(type, member.ContainingType);
    }

    private static Type[] RecordsOf(Type baseType) => [.. baseType.Assembly.GetExportedTypes()
        .Where(type => baseType.IsAssignableFrom(type) && !type.IsAbstract && type.GetConstructor(Type.EmptyTypes) is not null)
        .OrderBy(type => type.Name, StringComparer.Ordinal)];

    /// <summary>Those of the record first, then those of what it derives from.</summary>
    private static IEnumerable<PropertyInfo> PropertiesOf(Type record) => record.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => property.SetMethod is { IsPublic: true });

    /// <summary>Of a member that says nothing of its own, what the one it overrides says.</summary>
    private static OptionText CommentOf(PropertyInfo option) => OptionText.Parse(
        option is { Name: nameof(Checkpoint.Path) } ? "The file, in a folder that exists." : XmlDocs.Summary(Symbols.Of(option)));

    private static string TypeOf(PropertyInfo option) => Symbols.Of(option).Type.ToDisplayString(TypeFormat);

    private static string Peers(OptionText comment) => string.Join("; ", ((string[])
    [
        comment.ScikitLearn is "" or "–" ? "" : $"scikit-learn: {comment.ScikitLearn}",
        comment.PyTorch is "" or "–" ? "" : $"PyTorch: {comment.PyTorch}",
    ]).Where(part => part != "")) is { Length: > 0 } peers ? $"{peers}." : "";

    private static string Cell(string text) => text.Replace("|", "\\|");
}
