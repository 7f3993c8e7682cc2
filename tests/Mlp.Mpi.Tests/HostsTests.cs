using System.Diagnostics;

namespace Mlp.Mpi.Tests;

/// <summary>Ranks on two hosts, which are network namespaces here, over links that are limited or delayed.</summary>
[Trait("Speed", "Slow")]
public class HostsTests
{
    [Fact]
    public void TwoHosts_GiveTheBitsOfOneProcess_OverAnyLink()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Network namespaces are Linux's.");
        string script = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "..", "..", ".ci", "mpi-hosts"));
        var run = MpiRun.Run(new ProcessStartInfo("bash", [script, "2", "dotnet", MpiRun.RankProgram, "rank", "adam-dropout", "8"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            Environment = { ["MLP_LINK"] = MpiRun.RankProgram, ["TERM"] = "dumb" },
        });
        string text = string.Join('\n', run.Out);
        Assert.SkipWhen(text.StartsWith("Skipped: ", StringComparison.Ordinal), text);
        TestContext.Current.SendDiagnosticMessage(text);
        Assert.True(run.Code == 0, $"{text}\n{run.Error}");
        Assert.Contains("1gbit, ", text, StringComparison.Ordinal);
        Assert.Contains("delay", text, StringComparison.Ordinal);
    }
}
