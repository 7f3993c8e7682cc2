using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;
using Mlp.Tables.Descriptions;

namespace Mlp.Tool.Commands;

/// <summary>Options whose values are read here, so that an error names the option of the command line.</summary>
internal static class ParsedOption
{
    /// <summary>A number with a decimal point, in every culture; null when it is not given.</summary>
    public static Option<T?> Number<T>(string name, string description, string valueName)
        where T : struct, INumber<T> => new(name)
        {
            Description = description,
            HelpName = valueName,
            // A comma would be read as a thousands separator: 0,01 as 1.
            CustomParser = result => T.TryParse(TextOf(result), NumberStyles.Float, CultureInfo.InvariantCulture, out T value)
                ? value
                : Refuse<T?>(
                    result,
                    $"{name} {TextOf(result)}: it must be a "
                        + $"{(T.One / (T.One + T.One) == T.Zero ? "whole number" : "number with a decimal point, such as 0.01")}."),
        };

    /// <summary>One of an enumeration's values, in small letters; the first when it is not given.</summary>
    public static Option<T> Choice<T>(string name, string description)
        where T : struct, Enum
    {
        string[] names = [.. Enum.GetNames<T>().Select(value => value.ToLowerInvariant())];
        return new Option<T>(name)
        {
            Description = description,
            HelpName = string.Join("|", names),
            CustomParser = result => Array.IndexOf(names, TextOf(result).ToLowerInvariant()) is >= 0 and int index
                ? Enum.GetValues<T>()[index]
                : Refuse<T>(result, $"{name} {TextOf(result)}: it can be {TextExcerpt.List(names)}."),
        };
    }

    private static string TextOf(ArgumentResult result) => result.Tokens.Single().Value;

    private static T? Refuse<T>(ArgumentResult result, string message)
    {
        result.AddError(message);
        return default;
    }
}
