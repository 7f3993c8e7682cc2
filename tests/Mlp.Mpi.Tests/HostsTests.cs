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
            Environment = { ["MLP_LINK"] = MpiRun.RankProgram, ["MLP_LINKS"] = "1gbit delay", ["TERM"] = "dumb" },
        });
        string text = string.Join('\n', run.Out);
        Assert.SkipWhen(text.StartsWith("Skipped: ", StringComparison.Ordinal), text);
        TestContext.Current.SendDiagnosticMessage(text);
        Assert.True(run.Code == 0, $"{text}\n{run.Error}");
        Assert.Contains("1gbit, ", text, StringComparison.Ordinal);
        // The link that delays was there, unless this kernel has none of any kind, which the script then says.
        if (!text.Contains("delay: Skipped: this kernel has no netem and no /dev/net/tun", StringComparison.Ordinal))
        {
            Assert.Contains("delay, ", text, StringComparison.Ordinal);
            Assert.Matches("delay: an answer takes [0-9]+ ms", text);
        }
    }
}
