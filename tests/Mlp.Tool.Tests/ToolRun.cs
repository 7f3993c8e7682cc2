using System.Text.Json;
using Mlp.Tool.Output;

namespace Mlp.Tool.Tests;

/// <summary>A command run in this process, as if its output were piped.</summary>
internal sealed record ToolRun(ExitCode ExitCode, string Out, string Error)
{
    public static ToolRun Of(params string[] args) => Of(CancellationToken.None, args);

    public static ToolRun Of(CancellationToken cancellationToken, params string[] args)
    {
        var output = new StringWriter();
        var error = new StringWriter();
        var terminal = new Terminal(output, error, outputIsTerminal: false, errorIsTerminal: false);
        ExitCode exitCode = CommandLine.Run(args, terminal, cancellationToken);
        return new ToolRun(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>Whether the command did its work; a model of a few epochs may be no better than a guess.</summary>
    public bool IsDone => ExitCode is ExitCode.Success or ExitCode.NoBetterThanGuess;

    /// <summary>Runs a command that must succeed, and reads its JSON document; there is nothing else on standard output.</summary>
    public static JsonElement Json(params string[] args)
    {
        ToolRun run = Of([.. args, "--json"]);
        Assert.True(run.IsDone, run.Error);
        JsonElement document = JsonDocument.Parse(run.Out).RootElement;
        Assert.Equal((int)run.ExitCode, document.GetProperty("exitCode").GetInt32());
        Assert.Equal(args[0], document.GetProperty("command").GetString());
        return document;
    }

    /// <summary>Runs a command that must fail: one line on standard error, nothing on standard output, no stack trace.</summary>
    public static string Fails(ExitCode exitCode, params string[] args)
    {
        ToolRun run = Of(args);
        Assert.True(run.ExitCode == exitCode, $"{run.ExitCode}: {run.Error}");
        string line = Assert.Single(run.Error.TrimEnd('\n').Split('\n'), text => text.StartsWith("mlp: ", StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", run.Error);
        return line;
    }

    /// <summary>Metrics of a JSON document by name.</summary>
    public static Dictionary<string, (double Value, double? Baseline)> Metrics(JsonElement document) =>
        document.GetProperty("metrics").EnumerateArray().ToDictionary(
            metric => metric.GetProperty("name").GetString()!,
            metric => (metric.GetProperty("value").GetDouble(),
                metric.GetProperty("baseline") is { ValueKind: JsonValueKind.Number } baseline ? baseline.GetDouble() : (double?)null));
}
