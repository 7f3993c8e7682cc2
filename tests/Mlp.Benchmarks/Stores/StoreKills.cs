using System.Diagnostics;
using System.Globalization;

namespace Mlp.Benchmarks.Stores;

/// <summary>Trainings from disk whose processes are killed at random moments, while rows are read, shuffled, written and trained on, and
/// started again until they end.</summary>
internal static class StoreKills
{
    private const string Fingerprint = "fingerprint ";

    /// <summary>Kills until there are so many; 0 when every training ended with the bits of one that was not killed, and left
    /// nothing.</summary>
    public static int Run(int killCount, int seed)
    {
        string folder = Directory.CreateTempSubdirectory("mlp-kills-").FullName;
        try
        {
            var random = new Random(seed);
            var watch = Stopwatch.StartNew();
            string expected = FingerprintOf(End(Start(folder, "whole")));
            double seconds = watch.Elapsed.TotalSeconds;
            int kills = 0, trainings = 0, found = 0;
            while (kills < killCount)
            {
                string checkpoint = $"training{trainings}";
                string output = "";
                while (true)
                {
                    using Process process = Start(folder, checkpoint);
                    Task<string> reading = process.StandardOutput.ReadToEndAsync();
                    bool ends = process.WaitForExit(TimeSpan.FromSeconds(random.NextDouble() * seconds));
                    if (!ends)
                        process.Kill();
                    process.WaitForExit();
                    output = reading.Result;
                    found += output.Contains("were found on disk", StringComparison.Ordinal) ? 1 : 0;
                    if (ends)
                        break;
                    kills++;
                }
                trainings++;
                if (FingerprintOf(output) != expected || Directory.GetDirectories(folder).Length > 0)
                {
                    Console.WriteLine($"After {kills} kills: {output}, with {Directory.GetDirectories(folder).Length} folders left.");
                    return 1;
                }
            }
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{kills} kills in {trainings} trainings of {seconds:F1} s; rows found on disk {found} times; all fingerprints the same."));
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Process Start(string folder, string checkpoint)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
            start.ArgumentList.Add(typeof(StoreKills).Assembly.Location);
        foreach (string argument in (string[])[
            "store", "fit", "--disk", "--gigabytes", "0.03", "--units", "16", "--epochs", "6", "--folder", folder, "--checkpoint",
            Path.Combine(folder, checkpoint)])
        {
            start.ArgumentList.Add(argument);
        }
        return Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start.");
    }

    private static string End(Process process)
    {
        using (process)
        {
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return output;
        }
    }

    private static string FingerprintOf(string output) =>
        output.Split('\n').SingleOrDefault(line => line.StartsWith(Fingerprint, StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"A training ended without a model: {output}");
}
