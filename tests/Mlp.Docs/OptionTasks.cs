using System.Reflection;
using Mlp.MLNet;

namespace Mlp.Docs;

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
        string[] having = [.. All.Where(task => PropertiesOf(task.Create(MlpPreset.Plain)).Any(each => each.Name == option)).Select(task => task.Name)];
        return having.Length == All.Count ? "" : string.Join(", ", having);
    }

    /// <summary>What an option begins with: one value, or one for each task.</summary>
    public static string Value(string option, MlpPreset preset)
    {
        var values = All.Select(task => (task.Name, Options: task.Create(preset)))
            .Select(task => (task.Name, task.Options, Property: PropertiesOf(task.Options).SingleOrDefault(each => each.Name == option)))
            .Where(task => task.Property is not null)
            .Select(task => (task.Name, Value: ValueText.Of(option, task.Property!.GetValue(task.Options))))
            .GroupBy(task => task.Value).ToArray();
        return values.Length == 1 ? values[0].Key : string.Join("; ", values.Select(value => $"{value.Key} ({string.Join(", ", value.Select(task => task.Name))})"));
    }

    private static PropertyInfo[] PropertiesOf(MlpOptions options) => options.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance);
}
