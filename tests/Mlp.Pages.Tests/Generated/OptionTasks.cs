using System.Reflection;
using Mlp.MLNet;
using Mlp.MLNet.Options;

namespace Mlp.Pages.Tests.Generated;

/// <summary>The options of the four tasks, and what each preset makes of them.</summary>
internal static class OptionTasks
{
    public static IReadOnlyList<(string Name, Func<MlpPreset, MlpOptions> Create)> All { get; } =
    [
        ("binary", preset => new MlpBinaryTrainer.Options(preset)),
        ("multiclass", preset => new MlpMulticlassTrainer.Options(preset)),
        ("multi-label", preset => new MlpMultiLabelTrainer.Options(preset)),
        ("regression", preset => new MlpRegressionTrainer.Options(preset)),
    ];

    public static IEnumerable<PropertyInfo> Properties => All.SelectMany(task => PropertiesOf(task.Create(MlpPreset.Plain)));

    /// <summary>Empty for all four.</summary>
    public static string TasksWith(string option)
    {
        string[] having =
            [.. All.Where(task => PropertiesOf(task.Create(MlpPreset.Plain)).Any(each => each.Name == option)).Select(task => task.Name)];
        return having.Length == All.Count ? "" : string.Join(", ", having);
    }

    /// <summary>What is in force where the user sets nothing: one value, or one for each task.</summary>
    public static string Value(string option, MlpPreset preset)
    {
        var values = Values(option, preset, value => ValueText.Of(option, value)).GroupBy(task => task.Value).ToArray();
        return values.Length == 1 ? values[0].Key
            : string.Join("; ", values.Select(value => $"{value.Key} ({string.Join(", ", value.Select(task => task.Name))})"));
    }

    /// <summary>The default as the comment of an option must give it: "80 (Plain: 100)".</summary>
    public static string Default(string option)
    {
        string value = Of(MlpPreset.Default), plain = Of(MlpPreset.Plain);
        return value == plain ? value : $"{value} (Plain: {plain})";

        string Of(MlpPreset preset)
        {
            string[] texts = [.. Values(option, preset, each => ValueText.Short(option, each)).Select(task => task.Value).Distinct()];
            return texts.Length == 1 ? texts[0] : $"{string.Join(", ", texts.SkipLast(1))} or {texts[^1]}, by the trainer";
        }
    }

    private static IEnumerable<(string Name, string Value)> Values(string option, MlpPreset preset, Func<object?, string> toText) => All
        .Select(task => (task.Name, Options: task.Create(preset)))
        .Where(task => PropertiesOf(task.Options).Any(each => each.Name == option))
        // What is no option of a training, a callback, begins with null.
        .Select(task => (task.Name, toText(typeof(ResolvedOptions).GetProperty(option)?.GetValue(task.Options.Resolve()))));

    /// <summary>All but the preset, which is given to the constructor.</summary>
    private static PropertyInfo[] PropertiesOf(MlpOptions options) =>
        [.. options.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite)];
}
