using System.Globalization;

namespace Mlp.Soak;

/// <summary>The command line.</summary>
/// <param name="Time">Of the whole run.</param>
/// <param name="Seed">Everything random comes from it.</param>
/// <param name="Only">Names of parts; empty for all.</param>
/// <param name="JsonPath">Where the results go as JSON; null for nowhere.</param>
/// <param name="FailureFolder">Where inputs that broke a promise are kept.</param>
internal sealed record SoakOptions(TimeSpan Time, int Seed, string[] Only, string? JsonPath, string FailureFolder)
{
    public static string Usage(IEnumerable<ISoakPart> parts) => $"""
        --minutes N      how long to try (default 1; fractions are fine)
        --seed S         everything random comes from it (default 1)
        --only A,B       only these parts: {string.Join(", ", parts.Select(part => part.Name))}
        --json PATH      the results as JSON, too
        --failures PATH  folder for inputs that broke a promise (default soak-failures)
        """;

    /// <summary>Null when the arguments make no sense.</summary>
    public static SoakOptions? Parse(string[] args, IReadOnlyCollection<ISoakPart> parts)
    {
        var options = new SoakOptions(TimeSpan.FromMinutes(1), 1, [], null, "soak-failures");
        if (args.Length % 2 != 0)
            return null;
        foreach (string[] pair in args.Chunk(2))
        {
            (string name, string value) = (pair[0], pair[1]);
            string[] names = value.Split(',');
            switch (name)
            {
                case "--minutes" when double.TryParse(value, CultureInfo.InvariantCulture, out double minutes) && minutes is > 0 and < 1e6:
                    options = options with { Time = TimeSpan.FromMinutes(minutes) };
                    break;
                case "--seed" when int.TryParse(value, CultureInfo.InvariantCulture, out int seed):
                    options = options with { Seed = seed };
                    break;
                case "--only" when names.All(name => parts.Any(part => part.Name == name)):
                    options = options with { Only = names };
                    break;
                case "--json":
                    options = options with { JsonPath = value };
                    break;
                case "--failures":
                    options = options with { FailureFolder = value };
                    break;
                default:
                    return null;
            }
        }
        return options;
    }
}
