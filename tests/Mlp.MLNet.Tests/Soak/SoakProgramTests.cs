using System.Diagnostics;
using System.Text.Json;

namespace Mlp.MLNet.Tests.Soak;

/// <summary>Every part of tests/Mlp.Soak for a second or two, in a process of its own, whose size nothing else changes.</summary>
public class SoakProgramTests(ITestOutputHelper output)
{
    [Trait("Speed", "Slow")]
    [Fact]
    public void EveryPart_HoldsItsPromises()
    {
        string folder = Directory.CreateTempSubdirectory().FullName, json = Path.Combine(folder, "soak.json");
        Assert.Equal(0, Run("--minutes", "0.02", "--seed", "1", "--failures", Path.Combine(folder, "failures"), "--json", json));

        JsonElement[] results = [.. JsonDocument.Parse(File.ReadAllText(json)).RootElement.GetProperty("Results").EnumerateArray()];
        Assert.InRange(results.Length, 8, 100);
        Assert.All(results, result => Assert.InRange(result.GetProperty("Count").GetInt64(), 1, long.MaxValue));
        Assert.All(results, result => Assert.Equal(0, result.GetProperty("FailureCount").GetInt64()));
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("--minutes", "0")]
    [InlineData("--only", "nothing")]
    [InlineData("--seed")]
    public void WrongArguments_AreRefused(params string[] arguments) => Assert.Equal(2, Run(arguments));

    private int Run(params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Mlp.Soak.dll"));
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        output.WriteLine(process.StandardOutput.ReadToEnd());
        process.WaitForExit();
        output.WriteLine(errors.Result);
        return process.ExitCode;
    }
}
