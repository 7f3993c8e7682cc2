using System.Diagnostics;

namespace Mlp.Tests.Numerics;

/// <summary>Runs the program of Mlp.TestSupport, which repeats the kernel checks, in every tier that this processor has.</summary>
public class TierTests(ITestOutputHelper output)
{
    // Widest first, as the switches take them away.
    private static readonly string[] Tiers = ["512", "256", "128", "scalar"];

    [Trait("Speed", "Slow")]
    [Theory]
    [InlineData("DOTNET_EnableAVX512", "256")]
    [InlineData("DOTNET_EnableAVX2", "128")]
    [InlineData("DOTNET_EnableHWIntrinsic", "scalar")]
    public void KernelChecks_Pass_WithSwitch(string name, string widestTier)
    {
        // A narrower processor has fewer tiers to lose. On another architecture than x64 the first two switches do nothing.
        string unswitched = Run(name: null, expectedTier: "any", stopAfterTier: true);
        string expected = Tiers[Math.Max(Array.IndexOf(Tiers, unswitched), Array.IndexOf(Tiers, widestTier))];

        Assert.Equal(expected, Run(name, expected));
    }

    [Trait("Speed", "Slow")]
    [Fact]
    public void KernelChecks_Pass_WithoutSwitch() => Assert.Contains(Run(name: null, expectedTier: "any"), Tiers);

    private string Run(string? name, string expectedTier, bool stopAfterTier = false)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            ArgumentList = { "exec", Path.Combine(AppContext.BaseDirectory, "Mlp.TestSupport.dll"), expectedTier },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (stopAfterTier)
            start.ArgumentList.Add("tier-only");
        foreach (string setting in (string[])["DOTNET_EnableAVX512", "DOTNET_EnableAVX2", "DOTNET_EnableHWIntrinsic"])
            start.Environment.Remove(setting);
        if (name is not null)
            start.Environment[name] = "0";

        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        output.WriteLine(text + errors.Result);

        Assert.True(process.ExitCode == 0, $"Exit code {process.ExitCode} with {name ?? "no switch"}: {errors.Result}");
        return text.Split('\n')[0].Replace("tier ", "").Trim();
    }
}
