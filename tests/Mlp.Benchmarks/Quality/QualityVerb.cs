using Microsoft.ML;

namespace Mlp.Benchmarks.Quality;

/// <summary>The verb quality: how good the models are, in ML.NET pipelines on public tables.</summary>
internal static class QualityVerb
{
    private const string Inner = "--inner", InnerRows = "--inner-rows";

    /// <summary>Runs what the options say, or reads the results of earlier runs, and prints the tables.</summary>
    /// <param name="arguments">After the verb.</param>
    /// <returns>The exit code: 2 when the options or files are wrong.</returns>
    public static int Run(string[] arguments)
    {
        try
        {
            var given = new QualityArguments(arguments);
            string folder = given.Option("--data")
                ?? throw new ArgumentException("--data is missing; give the folder with the tables, for example ../shared/data.");
            IReadOnlyList<QualitySet> sets = QualitySet.ReadAll(folder, given.List("--sets"));
            IReadOnlyList<string> files = given.List("--results");
            QualityResults results = files.Count > 0 ? QualityResults.Read(files) : Measure(given, folder, sets);
            if (given.Option("--json") is { } path)
                results.Write(path);
            sets = [.. sets.Where(set => results.Measurements.Any(one => one.Set == set.Name))];
            if (given.Has(Inner))
                Console.Write(InnerLines.Summary(sets, results) + InnerLines.BeyondNoise(sets, results));
            else
                Print(folder, sets, results);
            return 0;
        }
        catch (Exception exception) when (
            exception is ArgumentException or InvalidOperationException or IOException or InvalidDataException)
        {
            Console.Error.WriteLine(exception.Message);
            return 2;
        }
    }

    /// <summary>The sets with quoted peers among these, where one recipe was judged on the test rows; recipes beside each other for the
    /// others.</summary>
    private static void Print(string folder, IReadOnlyList<QualitySet> sets, QualityResults results)
    {
        foreach (IGrouping<bool, QualitySet> kind in sets.GroupBy(set => set.IsMixed || results.Validating))
        {
            QualityResults some = results.On([.. kind.Select(set => set.Name)]);
            PeerScores? peers = kind.Key ? null : PeerScores.Read(folder);
            Console.Write(peers is not null && some.Own is [string own]
                ? new QualityTables([.. kind.Where(set => some.Of(set.Name, own).Count > 0)], some, own, peers).Write()
                : new ComparisonTables([.. kind], some, peers).Write());
        }
    }

    private static QualityResults Measure(QualityArguments given, string folder, IReadOnlyList<QualitySet> sets)
    {
        int? innerRows = given.Has(Inner) ? given.Count(InnerRows, InnerSplit.FittedRows) : null;
        bool validating = given.Has("--validate") || innerRows is not null;
        int seeds = given.Count("--seeds", innerRows is null ? 3 : 1), firstSeed = given.Count("--first-seed", 0);
        if (given.List("--without").FirstOrDefault(name => !sets.Any(set => set.Categorical.Contains(name))) is { } unknown)
            throw new ArgumentException($"--without has '{unknown}', which is a category of none of the sets.");
        IReadOnlyList<IContender> contenders = Contenders(given, validating, innerRows is not null);
        var sklearn = new Sklearn(validating ? QualityArguments.None : given.Option("--python") ?? "python3", folder);
        string? absence = sklearn.Absence();
        List<Measurement> measurements = [];
        List<SklearnFit> fits = [];
        var results = new QualityResults(Header(), validating, measurements, fits, absence, innerRows);
        foreach (QualitySet set in sets)
        {
            var run = new QualityRun(set, QualityRows.Read(set, folder, withTest: !validating), validating, innerRows);
            // In turns, so that what else the machine does hits all alike.
            foreach ((int seed, IContender contender) in Enumerable.Range(firstSeed, seeds)
                .SelectMany(seed => contenders.Select(contender => (seed, contender))))
            {
                Measurement one = run.Measure(contender, seed);
                string figures = string.Join(
                    ", ", one.Metrics.Select(pair => FormattableString.Invariant($"{pair.Key} {pair.Value:G5}")));
                Console.Error.WriteLine(FormattableString.Invariant(
                    $"{one.Set}, {one.Recipe}, seed {one.Seed}: {one.FitSeconds:F2} s, {one.Failure ?? figures}"));
                measurements.Add(one);
            }
            if (absence is null && !set.IsMixed)
                fits.AddRange(sklearn.Measure(set));
            // A run takes hours: what is done is kept when the rest is not.
            if (given.Option("--json") is { } path)
                results.Write(path);
            if (given.Has(Inner))
                Console.WriteLine(InnerLines.Of(set, results));
        }
        return results;
    }

    private static IReadOnlyList<IContender> Contenders(QualityArguments given, bool validating, bool isInner)
    {
        MissingNumbers? missing = given.Option("--missing") is not { } text ? null
            : Enum.TryParse(text, ignoreCase: true, out MissingNumbers parsed) ? parsed
            : throw new ArgumentException($"--missing is '{text}'; it is replace or learn.");
        IReadOnlyList<OptionOverride> overrides = [.. given.All("--set").Select(OptionOverride.Parse)];
        IReadOnlyList<string> compared = [.. given.List("--compare"), .. given.List("--presets")];
        IReadOnlyList<IContender> peers =
            given.Option("--peers") is not null ? [.. Named("--peers").Select(FittedPeers.Find)]
            : isInner ? [new LightGbm()]
            : validating || given.Has("--compare") ? []
            : FittedPeers.Trees;
        IContender[] contenders =
        [
            .. (compared.Count > 0 ? compared : [given.Option("--preset") ?? QualityRecipes.Default])
                .Where(name => name != QualityArguments.None)
                .Select(name => QualityRecipes.Find(name).With(overrides).WithMissing(missing).Without(given.List("--without"))),
            .. peers,
        ];
        return contenders.Length > 0
            ? contenders
            : throw new ArgumentException(
                $"--preset {QualityArguments.None} --peers {QualityArguments.None} leaves nothing to fit; name a recipe or a peer.");

        IEnumerable<string> Named(string name) => given.List(name).Where(one => one != QualityArguments.None);
    }

    private static string Header() =>
        $"{Machine.Processor}, {Environment.ProcessorCount} processors, {Machine.Tier}, .NET {Environment.Version}, Microsoft.ML "
            + $"{Machine.PackageVersion(typeof(MLContext))}";
}
