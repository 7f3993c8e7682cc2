using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Mlp.MLNet;

namespace Mlp.Tool.Commands;

/// <summary><c>--intervals 0.9</c>, or several levels: <c>0.5,0.9</c>.</summary>
internal static class IntervalsOption
{
    private const string Name = "--intervals";

    public static Option<double[]?> Create() => new(Name)
    {
        Description = "Also predicts an interval that holds the label of so many new rows: 0.9; or several: 0.5,0.9. Of classes a set, "
            + "for one level.",
        HelpName = "parts",
        CustomParser = Parse,
    };

    /// <summary>The levels, ascending; null where the option is not given.</summary>
    public static double[]? Read(ParseResult result, Option<double[]?> option) =>
        result.GetResult(option) is null ? null : result.GetValue(option);

    private static double[]? Parse(ArgumentResult result)
    {
        string text = string.Join(",", result.Tokens.Select(token => token.Value));
        string[] parts = text.Split(',');
        var levels = new double[parts.Length];
        for (int index = 0; index < parts.Length; index++)
        {
            if (!double.TryParse(parts[index], NumberStyles.Float, CultureInfo.InvariantCulture, out levels[index])
                || levels[index] is not (> 0 and < 1))
            {
                string what = parts.Length == 1 ? "it must lie" : $"'{parts[index]}' must lie";
                return Refuse($"{Name} {text}: {what} between 0 and 1, for example 0.9; several are separated by commas.");
            }
        }
        Array.Sort(levels);
        if (levels.Distinct().Count() < levels.Length)
            return Refuse($"{Name} {text}: a level is given twice; give each once.");
        return levels.Length <= PredictionLevels.MaximumCount ? levels
            : Refuse($"{Name} {text}: there are {levels.Length} levels; give at most {PredictionLevels.MaximumCount}.");

        double[]? Refuse(string message)
        {
            result.AddError(message);
            return null;
        }
    }
}
