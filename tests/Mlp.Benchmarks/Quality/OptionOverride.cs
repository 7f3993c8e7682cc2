using System.Globalization;
using System.Reflection;
using Mlp.MLNet;

namespace Mlp.Benchmarks.Quality;

/// <summary>One public option of our trainers and the value it is to have, as --set Name=Value gives it.</summary>
/// <remarks>
/// A value is a number, true or false, a text, a member of an enum, several numbers with x between them (128x128; none for no number), or a
/// name of the option's own type: HeNormal for an Initializer. EarlyStopping.Patience=8 sets a part of an option; its other parts are those
/// of its type, unless they are set too.
/// </remarks>
internal sealed class OptionOverride
{
    private static readonly Type[] OptionTypes =
        [typeof(MlpBinaryTrainer.Options), typeof(MlpMulticlassTrainer.Options), typeof(MlpRegressionTrainer.Options)];

    private readonly string[] _path;
    private readonly object? _value;

    private OptionOverride(string name, string[] path, object? value) => (Name, _path, _value) = (name, path, value);

    /// <summary>As it was given.</summary>
    public string Name { get; }

    /// <exception cref="ArgumentException">No trainer has the option, or the value is none of its type.</exception>
    public static OptionOverride Parse(string text)
    {
        if (text.Split('=', 2) is not [{ Length: > 0 } name, { Length: > 0 } value])
            throw new ArgumentException($"--set is followed by '{text}'; write Name=Value, for example NumberOfNetworks=5.");
        string[] path = name.Split('.', 2);
        PropertyInfo found = OptionTypes.Select(type => Find(type, path[0])).FirstOrDefault(one => one is not null)
            ?? throw new ArgumentException(
                $"--set names {name}; the trainers' options are "
                    + $"{string.Join(", ", OptionTypes.SelectMany(Settable).Select(one => one.Name).Distinct().Order())}.");
        if (path is [_, string part])
            found = FindPart(found.PropertyType, name, part);
        Type type = Nullable.GetUnderlyingType(found.PropertyType) ?? found.PropertyType;
        try
        {
            return new OptionOverride(text, path, Convert(value, type));
        }
        catch (Exception exception) when (exception is FormatException or OverflowException or InvalidCastException or ArgumentException)
        {
            string known = type.IsEnum ? $"; it is one of {string.Join(", ", Enum.GetNames(type))}" : "";
            throw new ArgumentException($"--set gives {name} the value '{value}', which is no {type.Name}{known}.", exception);
        }
    }

    /// <summary>Sets the option; does nothing to options of a task that has no such one.</summary>
    public void Apply(MlpOptions options)
    {
        if (Find(options.GetType(), _path[0]) is not { } property)
            return;
        property.SetValue(options, _path is [_, string part] ? WithPart(property, options, part) : _value);
    }

    /// <summary>A new object, because the present one may be somebody else's too.</summary>
    private object WithPart(PropertyInfo property, MlpOptions options, string part)
    {
        object whole = Activator.CreateInstance(property.PropertyType)!;
        if (property.GetValue(options) is { } present)
        {
            foreach (PropertyInfo one in Settable(property.PropertyType))
                one.SetValue(whole, one.GetValue(present));
        }
        Find(property.PropertyType, part)!.SetValue(whole, _value);
        return whole;
    }

    private static PropertyInfo FindPart(Type type, string name, string part)
    {
        string[] parts = type.GetConstructor([]) is null ? [] : [.. Settable(type).Select(one => one.Name)];
        return parts.Contains(part)
            ? Find(type, part)!
            : throw new ArgumentException(
                $"--set names {name}; {type.Name} has {(parts.Length == 0 ? "no parts" : string.Join(", ", parts))}.");
    }

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
