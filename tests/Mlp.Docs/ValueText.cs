using System.Collections;
using System.Globalization;
using System.Reflection;

namespace Mlp.Docs;

/// <summary>A value as it would be written in C#; of a record only what differs from its own defaults.</summary>
internal static class ValueText
{
    public static string Of(string name, object? value) => (name, value) switch
    {
        // A processor more must not change the page.
        (nameof(TrainingSettings.NumberOfThreads), _) => "one per processor",
        (nameof(TrainingSettings.CancellationToken), _) => "none",
        _ => $"`{Code(value)}`",
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
