namespace Mlp.Benchmarks.Quality;

/// <summary>What follows the verb: names that begin with two hyphens, most of them with a value after them.</summary>
internal sealed class QualityArguments
{
    /// <summary>For an option that is to have nothing in its list.</summary>
    public const string None = "none";

    private static readonly string[] Known =
    [
        "--data", "--sets", "--seeds", "--first-seed", "--preset", "--presets", "--compare", "--set", "--missing", "--without", "--peers",
        "--python", "--results", "--json", "--validate", "--inner", "--inner-rows",
    ];

    private readonly string[] _arguments;

    /// <param name="arguments">After the verb.</param>
    /// <exception cref="ArgumentException">There is no such option.</exception>
    public QualityArguments(string[] arguments)
    {
        _arguments = arguments;
        if (arguments.FirstOrDefault(
            argument => argument.StartsWith("--", StringComparison.Ordinal) && !Known.Contains(argument)) is { } unknown)
            throw new ArgumentException($"There is no option {unknown}; there are {string.Join(", ", Known)}.");
        if (Has("--inner-rows") && !Has("--inner"))
            throw new ArgumentException("--inner-rows is for --inner; give both.");
    }

    public bool Has(string name) => _arguments.Contains(name);

    /// <summary>What follows the first of this name; null without one.</summary>
    public string? Option(string name) => All(name).FirstOrDefault();

    /// <summary>What follows each of this name.</summary>
    public IReadOnlyList<string> All(string name) =>
        [.. _arguments.Zip(_arguments.Skip(1)).Where(pair => pair.First == name).Select(pair => pair.Second)];

    /// <summary>What follows, divided at its commas.</summary>
    public IReadOnlyList<string> List(string name) => Option(name)?.Split(',', StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <exception cref="ArgumentException">What follows is no whole number, or less than 1.</exception>
    public int Count(string name, int otherwise)
    {
        if (Option(name) is not { } text)
            return otherwise;
        return int.TryParse(text, out int count) && count >= 1
            ? count
            : throw new ArgumentException($"{name} is '{text}'; it must be a whole number of at least 1.");
    }
}
