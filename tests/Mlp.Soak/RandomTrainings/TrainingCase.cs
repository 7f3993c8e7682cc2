using System.Collections;
using System.Globalization;
using System.Reflection;

namespace Mlp.Soak.RandomTrainings;

/// <summary>One training with everything that it depends on.</summary>
/// <param name="Task">What is learnt.</param>
/// <param name="Data">From what.</param>
/// <param name="Network">By what.</param>
/// <param name="Steps">How.</param>
/// <param name="Limits">How far.</param>
/// <param name="Recipe">What is around the network.</param>
public sealed record TrainingCase(CaseTask Task, CaseData Data, CaseNetwork Network, CaseSteps Steps, CaseLimits Limits, CaseRecipe Recipe)
{
    /// <summary>Every value by its name.</summary>
    public override string ToString() => Describe(this);

    private static string Describe(object? value) => value switch
    {
        null => "null",
        string text => text,
        IEnumerable items => $"[{string.Join(", ", items.Cast<object>().Select(Describe))}]",
        TrainingCase or CaseData or CaseNetwork or CaseSteps or CaseLimits or CaseRecipe =>
            $"{{ {string.Join(", ", value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Select(property => $"{property.Name} = {Describe(property.GetValue(value))}"))} }}",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };
}
