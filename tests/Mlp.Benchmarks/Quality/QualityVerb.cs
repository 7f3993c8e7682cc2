using Microsoft.ML;

namespace Mlp.Benchmarks.Quality;

/// <summary>The verb quality: how good the models are, in ML.NET pipelines on public tables.</summary>
internal static class QualityVerb
{
    private const string None = "none";

    private static readonly string[] Known =
        ["--data", "--sets", "--seeds", "--preset", "--compare", "--peers", "--python", "--results", "--json", "--validate"];

    /// <summary>Runs what the options say, or reads the results of earlier runs, and prints the tables.</summary>
    /// <param name="arguments">After the verb.</param>
    /// <returns>The exit code: 2 when the options or files are wrong.</returns>
    public static int Run(string[] arguments)
    {
        try
        {
            if (arguments.FirstOrDefault(
                argument => argument.StartsWith("--", StringComparison.Ordinal) && !Known.Contains(argument)) is { } unknown)
                throw new ArgumentException($"There is no option {unknown}; there are {string.Join(", ", Known)}.");
            string folder = Option("--data")
                ?? throw new ArgumentException("--data is missing; give the folder with the tables, for example ../shared/data.");
            IReadOnlyList<QualitySet> sets = QualitySet.ReadAll(folder, List("--sets"));
            IReadOnlyList<string> files = List("--results");
            QualityResults results = files.Count > 0 ? QualityResults.Read(files) : Measure(folder, sets);
            if (Option("--json") is { } path)
                results.Write(path);
            sets = [.. sets.Where(set => results.Measurements.Any(one => one.Set == set.Name))];
            // Among the peers only where their rows were judged.
            PeerScores? peers = results.Validating ? null : PeerScores.Read(folder);
            Console.Write(peers is not null && results.Own is [string own]
                ? new QualityTables([.. sets.Where(set => results.Of(set.Name, own).Count > 0)], results, own, peers).Write()
                : new ComparisonTables(sets, results, peers).Write());
            return 0;
        }
        catch (Exception exception) when (exception is ArgumentException or IOException or InvalidDataException)
        {
            Console.Error.WriteLine(exception.Message);
            return 2;
        }

        QualityResults Measure(string folder, IReadOnlyList<QualitySet> sets)
        {
            bool validating = arguments.Contains("--validate");
            string wanted = Option("--seeds") ?? "3";
            if (!int.TryParse(wanted, out int seeds) || seeds < 1)
                throw new ArgumentException($"--seeds is '{wanted}'; it must be a whole number of at least 1.");
            IReadOnlyList<string> names = List("--compare");
            IContender[] contenders =
            [
                .. (names.Count > 0 ? names : [Option("--preset") ?? QualityRecipes.Default]).Where(name => name != None)
                    .Select(QualityRecipes.Find),
                .. Option("--peers") is null ? (validating || names.Count > 0 ? [] : TreePeers.All)
                    : List("--peers").Where(name => name != None).Select(TreePeers.Find),
            ];
            if (contenders.Length == 0)
                throw new ArgumentException($"--preset {None} --peers {None} leaves nothing to fit; name a recipe or a peer.");
            var sklearn = new Sklearn(validating ? None : Option("--python") ?? "python3", folder);
            string? absence = sklearn.Absence();
            List<Measurement> measurements = [];
            List<SklearnFit> fits = [];
            foreach (QualitySet set in sets)
            {
                var run = new QualityRun(set, QualityRows.Read(set, folder, withTest: !validating), validating);
                // In turns, so that what else the machine does hits all alike.
                foreach ((int seed, IContender contender) in Enumerable.Range(0, seeds)
                    .SelectMany(seed => contenders.Select(contender => (seed, contender))))
                {
                    Measurement one = run.Measure(contender, seed);
                    string figures = string.Join(
                        ", ", one.Metrics.Select(pair => FormattableString.Invariant($"{pair.Key} {pair.Value:G5}")));
                    Console.Error.WriteLine(FormattableString.Invariant(
                        $"{one.Set}, {one.Recipe}, seed {one.Seed}: {one.FitSeconds:F2} s, {one.Failure ?? figures}"));
                    measurements.Add(one);
                }
                if (absence is null)
                    fits.AddRange(sklearn.Measure(set));
            }
            return new QualityResults(Header(), validating, measurements, fits, absence);
        }

        string? Option(string name) =>
            Array.IndexOf(arguments, name) is >= 0 and int index && index + 1 < arguments.Length ? arguments[index + 1] : null;

        IReadOnlyList<string> List(string name) => Option(name)?.Split(',', StringSplitOptions.RemoveEmptyEntries) ?? [];
    }

    private static string Header() =>
        $"{Machine.Processor}, {Environment.ProcessorCount} processors, {Machine.Tier}, .NET {Environment.Version}, Microsoft.ML "
            + $"{Machine.PackageVersion(typeof(MLContext))}";
}
