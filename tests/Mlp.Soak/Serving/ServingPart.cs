using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Mlp.Soak.Serving;

/// <summary>mlp serve under load, on loopback, while the file of its model is replaced, by broken ones too: no request is lost, and a model
/// always answers the same.</summary>
internal sealed class ServingPart : ISoakPart
{
    private const int ClientCount = 8, RowCount = 1000, RowsOfBatch = 100, RowsAsked = 50;

    // As often as the command looks at the file, and then some time to answer.
    private static readonly TimeSpan BetweenSwaps = TimeSpan.FromSeconds(1.5);

    public string Name => "serving";

    public double Share => 1;

    public IEnumerable<SoakResult> Run(SoakRun run)
    {
        string folder = Directory.CreateTempSubdirectory("mlp-soak-").FullName;
        try
        {
            return Run(run, folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static SoakResult[] Run(SoakRun run, string folder)
    {
        string table = Path.Combine(folder, "table.csv"), served = Path.Combine(folder, "served.zip");
        WriteTable(table, run.Seed);
        string[] models = [.. Enumerable.Range(1, 2).Select(number => Path.Combine(folder, $"model{number}.zip"))];
        for (int number = 0; number < models.Length; number++)
        {
            ToolProcess.Run(
                "train", table, "--label", "label", "--preset", "fast", "--epochs", "3", "--seed", $"{number + 1}",
                "--out", models[number]);
        }
        File.Copy(models[0], served);
        using Process server = ToolProcess.Start("serve", served, "--port", "0", "--quiet");
        try
        {
            return [Load(run, AddressOf(server), served, models)];
        }
        finally
        {
            server.Kill();
            server.WaitForExit();
        }
    }

    private static SoakResult Load(SoakRun run, Uri address, string served, string[] models)
    {
        string[] rows = [.. Enumerable.Range(0, RowsAsked).Select(row => RowOf(new Random(run.Seed + row)))];
        var known = new ConcurrentDictionary<(string Model, string Body), string>();
        var singles = new ConcurrentBag<double>();
        var fingerprints = new ConcurrentDictionary<string, bool>();
        var tally = new Tally(run.Time);
        long swaps = 0, rowCount = 0;
        tally.RunTogether([.. Enumerable.Range(0, ClientCount).Select<int, Action>(client => () => Ask(client)), Swap]);
        double[] sorted = [.. singles.Order()];
        return tally.Result(
            run, "Requests to mlp serve are answered, each by one model, while its file is replaced", "requests",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{tally.Count / tally.Seconds:N0} per second with {rowCount / tally.Seconds:N0} rows, {ClientCount} clients; "
                    + $"{swaps} swaps and as many broken files, {fingerprints.Count} models answered; "
                    + $"one row: median {Quantile(sorted, 0.5):F1} ms, 99 % within {Quantile(sorted, 0.99):F1} ms"));

        void Ask(int number)
        {
            using var client = new HttpClient { BaseAddress = address };
            var random = new Random(run.Seed + number);
            while (!tally.IsOver)
            {
                // One row, and now and then a batch.
                bool isBatch = random.Next(10) == 0;
                string row = rows[random.Next(rows.Length)];
                string body = isBatch ? $"[{string.Join(',', Enumerable.Repeat(row, RowsOfBatch))}]" : row;
                long start = Stopwatch.GetTimestamp();
                using var request = new HttpRequestMessage(HttpMethod.Post, "/predict")
                {
                    Content = new StringContent(body, Encoding.UTF8, "application/json"),
                };
                using HttpResponseMessage response = client.Send(request);
                using var reader = new StreamReader(response.Content.ReadAsStream());
                string answer = reader.ReadToEnd();
                if (!isBatch)
                    singles.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                if (!response.IsSuccessStatusCode)
                {
                    tally.Fail($"{(int)response.StatusCode}: {answer}");
                    continue;
                }
                string model = response.Headers.GetValues("Model-Fingerprint").Single();
                fingerprints[model] = true;
                if (known.GetOrAdd((model, body), answer) is { } first && first != answer)
                    tally.Fail($"Model {model} answered {answer}, and before that {first}.");
                Interlocked.Add(ref rowCount, isBatch ? RowsOfBatch : 1);
                tally.Add(1);
            }
        }

        void Swap()
        {
            for (int number = 1; !tally.IsOver; number++)
            {
                Thread.Sleep(BetweenSwaps / 2);
                File.WriteAllBytes(served, File.ReadAllBytes(models[0])[..(1000 + number)]);
                Thread.Sleep(BetweenSwaps / 2);
                string next = served + ".next";
                File.Copy(models[number % models.Length], next);
                File.SetLastWriteTimeUtc(next, DateTime.UtcNow);
                File.Move(next, served, overwrite: true);
                swaps++;
            }
        }
    }

    private static double Quantile(double[] sorted, double part) => sorted.Length == 0 ? 0 : sorted[(int)(part * (sorted.Length - 1))];

    private static Uri AddressOf(Process server)
    {
        while (server.StandardOutput.ReadLine() is { } line)
        {
            if (line.StartsWith("Listening on ", StringComparison.Ordinal))
            {
                // Nobody reads what it says from now on; the pipe must not fill.
                _ = server.StandardOutput.ReadToEndAsync();
                return new Uri(line.Split(' ')[2]);
            }
        }
        throw new InvalidOperationException("mlp serve ended before it listened.");
    }

    private static void WriteTable(string path, int seed)
    {
        var random = new Random(seed);
        var text = new StringBuilder("amount,rate,colour,sold,label\n");
        for (int row = 0; row < RowCount; row++)
        {
            (double amount, double rate, int colour) = (100 * random.NextDouble(), random.NextDouble(), random.Next(4));
            bool label = amount * rate + 10 * colour > 40;
            text.Append(
                CultureInfo.InvariantCulture,
                $"{amount:F2},{rate:F3},{"rgby"[colour]},20{10 + random.Next(10)}-0{1 + random.Next(9)}-1{random.Next(10)},");
            text.Append(label ? "yes\n" : "no\n");
        }
        File.WriteAllText(path, text.ToString());
    }

    private static string RowOf(Random random) => string.Create(
        CultureInfo.InvariantCulture,
        $"{{\"amount\":{100 * random.NextDouble():F2},\"rate\":{random.NextDouble():F3},\"colour\":\"{"rgby"[random.Next(4)]}\","
            + $"\"sold\":\"2015-0{1 + random.Next(9)}-11\"}}");
}
