using System.Globalization;
using System.Reflection;
using Mlp.MLNet;

namespace Mlp.Benchmarks.Quality;

/// <summary>One public option of our trainers and the value it is to have, as --set Name=Value gives it.</summary>
/// <remarks>
/// A value is a number, true or false, a text, a member of an enum, several numbers with x between them (128x128; none for no number), or a
/// name of the option's own type: HeNormal for an Initializer.
/// </remarks>
internal sealed class OptionOverride
{
    private static readonly Type[] OptionTypes =
        [typeof(MlpBinaryTrainer.Options), typeof(MlpMulticlassTrainer.Options), typeof(MlpRegressionTrainer.Options)];

    private readonly string _property;
    private readonly object? _value;

    private OptionOverride(string name, string property, object? value) => (Name, _property, _value) = (name, property, value);

    /// <summary>As it was given.</summary>
    public string Name { get; }

    /// <exception cref="ArgumentException">No trainer has the option, or the value is none of its type.</exception>
    public static OptionOverride Parse(string text)
    {
        if (text.Split('=', 2) is not [{ Length: > 0 } property, { Length: > 0 } value])
            throw new ArgumentException($"--set is followed by '{text}'; write Name=Value, for example NumberOfNetworks=5.");
        PropertyInfo found = OptionTypes.Select(type => Find(type, property)).FirstOrDefault(one => one is not null)
            ?? throw new ArgumentException(
                $"--set names {property}; the trainers' options are "
                    + $"{string.Join(", ", OptionTypes.SelectMany(Settable).Select(one => one.Name).Distinct().Order())}.");
        Type type = Nullable.GetUnderlyingType(found.PropertyType) ?? found.PropertyType;
        try
        {
            return new OptionOverride(text, property, Convert(value, type));
        }
        catch (Exception exception) when (exception is FormatException or OverflowException or InvalidCastException or ArgumentException)
        {
            string known = type.IsEnum ? $"; it is one of {string.Join(", ", Enum.GetNames(type))}" : "";
            throw new ArgumentException($"--set gives {property} the value '{value}', which is no {type.Name}{known}.", exception);
        }
    }

    /// <summary>Sets the option; does nothing to options of a task that has no such one.</summary>
    public void Apply(MlpOptions options) => Find(options.GetType(), _property)?.SetValue(options, _value);

    private static PropertyInfo? Find(Type type, string name) => Settable(type).FirstOrDefault(one => one.Name == name);

    private static IEnumerable<PropertyInfo> Settable(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(one => one.SetMethod is { IsPublic: true });

    private static object? Convert(string value, Type type)
    {
        if (type.IsEnum)
        {
            // Enum.Parse takes numbers too, those of no member among them.
            return Enum.GetNames(type).Contains(value, StringComparer.OrdinalIgnoreCase)
                ? Enum.Parse(type, value, ignoreCase: true)
                : throw new FormatException();
        }
        if (type.IsAssignableFrom(typeof(int[])))
            return Numbers(value).Select(one => (int)Convert(one, typeof(int))!).ToArray();
        if (type.IsAssignableFrom(typeof(double[])))
            return Numbers(value).Select(one => (double)Convert(one, typeof(double))!).ToArray();
        if (type.GetProperty(value, BindingFlags.Public | BindingFlags.Static) is { } named && type.IsAssignableFrom(named.PropertyType))
            return named.GetValue(null);
        return System.Convert.ChangeType(value, type, CultureInfo.InvariantCulture);
    }

    private static string[] Numbers(string value) => value == QualityArguments.None ? [] : value.Split('x');
}
