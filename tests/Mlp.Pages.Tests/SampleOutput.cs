using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Mlp.Pages.Tests;

/// <summary>What a sample prints, run as the program that was built beside the tests, in a folder of its own.</summary>
internal sealed class SampleOutput
{
    private readonly string _text;

    private SampleOutput(string text) => _text = text;

    /// <summary>Runs a sample without arguments, which must end well.</summary>
    public static SampleOutput Of(string sample)
    {
        string folder = Directory.CreateTempSubdirectory(sample).FullName;
        try
        {
            var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, $"{sample}.dll")])
            {
                WorkingDirectory = folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            using Process process = Process.Start(start)!;
            Task<string> error = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Assert.Equal((0, ""), (process.ExitCode, error.Result));
            return new SampleOutput(output);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The numbers in place of the # signs of a line that begins like this.</summary>
    public double[] Numbers(string line)
    {
        string pattern = "^" + Regex.Escape(line).Replace(@"\#", @" *(-?\d+(?:\.\d+)?)");
        Match match = Regex.Match(_text, pattern, RegexOptions.Multiline);
        Assert.True(match.Success, $"No line like '{line}' in:\n{_text}");
        return [.. match.Groups.Values.Skip(1).Select(group => double.Parse(group.Value, CultureInfo.InvariantCulture))];
    }

    /// <summary>How many lines begin like this, with numbers in place of the # signs.</summary>
    public int Count(string line) =>
        Regex.Count(_text, "^" + Regex.Escape(line).Replace(@"\#", @" *-?\d+(?:\.\d+)?"), RegexOptions.Multiline);
}
