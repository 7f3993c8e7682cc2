using System.CommandLine;
using System.Globalization;

namespace Mlp.Tool.Pipelines;

/// <summary>From which probability on a row is predicted to be of the positive class.</summary>
/// <param name="Kind">How it is chosen.</param>
/// <param name="Probability">In (0, 1); null where rows that did not train decide.</param>
internal sealed record ThresholdRule(ThresholdKind Kind, double? Probability)
{
    /// <summary>The option.</summary>
    public static Option<ThresholdRule?> Option() => new("--threshold")
    {
        Description =
            "Of two classes, the probability from which on the positive one is predicted: 0.3; auto for the best mean of both classes' "
                + "recall; f1 for the best F1 score; cost:5,1 where a false alarm costs 5 and a miss 1 [default: 0.5].",
        HelpName = "auto|0.3|f1|cost:5,1",
        CustomParser = result =>
        {
            string text = result.Tokens.Single().Value;
            if (Parse(text) is { } rule)
                return rule;
            result.AddError(
                $"--threshold {text}: it can be a probability between 0 and 1, auto, f1, or cost:5,1 with two positive numbers.");
            return null;
        },
    };

    /// <summary>Reads the option's value; null if it has none of the forms.</summary>
    public static ThresholdRule? Parse(string text)
    {
        if (text is "auto" or "f1")
            return new ThresholdRule(text == "f1" ? ThresholdKind.F1 : ThresholdKind.Recall, null);
        if (text.StartsWith("cost:", StringComparison.Ordinal))
        {
            double[] costs = [.. text["cost:".Length..].Split(',').Select(Number)];
            // With calibrated probabilities the expected cost of "positive" is that of "negative" where p · miss = (1 − p) · alarm.
            return costs is [> 0 and < double.PositiveInfinity and var alarm, > 0 and < double.PositiveInfinity and var miss]
                ? new ThresholdRule(ThresholdKind.Cost, alarm / (alarm + miss)) : null;
        }
        return Number(text) is > 0 and < 1 and var probability ? new ThresholdRule(ThresholdKind.Given, probability) : null;
    }

    private static double Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : double.NaN;
}
