using System.Collections;
using System.Globalization;
using System.Reflection;
using Mlp.MLNet;
using Mlp.MLNet.Options;

namespace Mlp.Pages.Tests.Generated;

/// <summary>A value as it would be written in C#; of a record only what differs from its own defaults.</summary>
internal static class ValueText
{
    public static string Of(string name, object? value) => (name, value) switch
    {
        // A processor more must not change the page.
        (nameof(TrainingSettings.NumberOfThreads), _) => "one per processor",
        (_, null or IReadOnlyList<string> { Count: 0 }) => ResolvedOptions.Describe(name, value),
        _ => $"`{Code(value)}`",
    };

    /// <summary>The same without the names of types that say nothing more, as in comments: "LeCunNormal".</summary>
    public static string Short(string name, object? value) => (name, value) switch
    {
        (nameof(TrainingSettings.NumberOfThreads), _) => "one per processor",
        (_, null or IReadOnlyList<string> { Count: 0 }) => ResolvedOptions.Describe(name, value),
        _ when value.Equals(EarlyStopping.None) || value.Equals(NumericEmbedding.None) || value.Equals(CategoricalEmbedding.None) =>
            ResolvedOptions.Describe(name, value),
        (_, Enum or Loss or Initializer or RowStore) => Code(value)[(Code(value).IndexOf('.', StringComparison.Ordinal) + 1)..],
        _ => Code(value).Replace("LearningRateSchedule.", "").Replace("new ", "").Replace("()", ""),
    };

    private static string Code(object? value) => value switch
    {
        null => "null",
        bool truth => truth ? "true" : "false",
        string text => $"\"{text}\"",
        double.PositiveInfinity => "∞",
        double number => number.ToString(CultureInfo.InvariantCulture).Replace("E-0", "e-"),
        int number => number.ToString(CultureInfo.InvariantCulture),
        Enum member => $"{member.GetType().Name}.{member}",
        EarlyStopping early when early == EarlyStopping.None => "EarlyStopping.None",
        NumericEmbedding embedding when embedding == NumericEmbedding.None => "NumericEmbedding.None",
        CategoricalEmbedding embedding when embedding == CategoricalEmbedding.None => "CategoricalEmbedding.None",
        RowStore { Directory: null, Source: null } store => $"RowStore.{store.Place}",
        Loss loss => $"Loss.{loss}",
        Initializer initializer => initializer == Initializer.Zero ? "Initializer.Zero" : $"Initializer.{initializer}",
        LearningRateSchedule schedule when schedule == LearningRateSchedule.Constant => "LearningRateSchedule.Constant",
        IEnumerable items => $"[{string.Join(", ", items.Cast<object>().Select(Code))}]",
        _ => Record(value),
    };

    private static string Record(object value)
    {
        Type type = value.GetType();
        object defaults = Activator.CreateInstance(type)!;
        string[] changed = [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => !Equals(property.GetValue(value), property.GetValue(defaults)))
            .Select(property => $"{property.Name} = {Code(property.GetValue(value))}")];
        return changed.Length == 0 ? $"new {type.Name}()" : $"new {type.Name} {{ {string.Join(", ", changed)} }}";
    }
}
