using System.CommandLine;
using System.Globalization;

namespace Mlp.Tool.Pipelines;

/// <summary>Which of several jobs a training is, as the command line says it: 3/5.</summary>
internal static class MemberOption
{
    public static Option<EnsemblePart?> Create() => new("--member")
    {
        Description =
            "Trains some of the networks, as job 3 of 5 of the same command on several machines; mlp join makes a model of what they "
                + "leave.",
        HelpName = "3/5",
        CustomParser = result =>
        {
            string text = result.Tokens.Single().Value;
            if (Parse(text) is { } part)
                return part;
            result.AddError($"--member {text}: it must be the number of this job and that of all jobs, from 1/1 on, as in 3/5.");
            return null;
        },
    };

    /// <summary>Null where the text has another form, or no job has that number.</summary>
    public static EnsemblePart? Parse(string text) =>
        text.Split('/') is [var number, var count] && TryParse(number, out int numberValue) && TryParse(count, out int countValue)
        && numberValue >= 1 && numberValue <= countValue ? new EnsemblePart(numberValue, countValue) : null;

    private static bool TryParse(string text, out int value) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
