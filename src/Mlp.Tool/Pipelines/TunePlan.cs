using System.CommandLine;
using System.Globalization;

namespace Mlp.Tool.Pipelines;

/// <summary>How much a search may try, as the command line says it: 10m, or 24 trials.</summary>
/// <param name="Trials">Null where the time decides.</param>
/// <param name="Time">Null where the trials do.</param>
internal sealed record TunePlan(int? Trials, TimeSpan? Time)
{
    /// <summary>Where the search keeps what is done; null for nowhere.</summary>
    public string? Folder { get; init; }

    public static Option<TunePlan?> CreateOption() => new("--tune")
    {
        Description =
            "Searches for a better model than the preset's, for so long (90s, 10m, 2h) or with so many trials (24); never a worse one on "
                + "rows that are held out.",
        HelpName = "10m",
        CustomParser = result =>
        {
            string text = result.Tokens.Single().Value;
            if (Parse(text) is { } plan)
                return plan;
            result.AddError($"--tune {text}: it must be a time, as in 90s, 10m or 2h, or a number of trials from 1, as in 24.");
            return null;
        },
    };

    /// <summary>Null where the text has another form.</summary>
    public static TunePlan? Parse(string text)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int trials))
            return trials >= 1 ? new TunePlan(trials, Time: null) : null;
        double? seconds = text.Length == 0 ? null : text[^1] switch { 's' => 1, 'm' => 60, 'h' => 3600, _ => null };
        return seconds is double unit
            && double.TryParse(text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double count)
            && count * unit is >= 1 and <= 1e7
            ? new TunePlan(Trials: null, TimeSpan.FromSeconds(count * unit)) : null;
    }
}
