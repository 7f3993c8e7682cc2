using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mlp.Benchmarks.Quality;

/// <summary>Everything that runs of the benchmark found; the content of the file that --json writes.</summary>
/// <param name="Machine">Processor, vector tier, runtimes.</param>
/// <param name="Validating">Whether the rows judged on were a part of the training rows.</param>
/// <param name="Measurements">Every single fit.</param>
/// <param name="SklearnFits">The peer's fit times.</param>
/// <param name="SklearnAbsence">Why there are none; null when there are, or when they were not asked for.</param>
/// <param name="InnerRows">At most so many rows were fitted on, by <see cref="InnerSplit.Sample"/>; null where that did not decide.</param>
internal sealed record QualityResults(
    string Machine, bool Validating, IReadOnlyList<Measurement> Measurements, IReadOnlyList<SklearnFit> SklearnFits, string? SklearnAbsence,
    int? InnerRows = null)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    public IReadOnlyList<string> Recipes => [.. Measurements.Select(measurement => measurement.Recipe).Distinct()];

    /// <summary>Our recipes among them.</summary>
    public IReadOnlyList<string> Own => [.. Recipes.Where(recipe => !FittedPeers.Has(recipe))];

    /// <summary>The trees that were fitted in the same process.</summary>
    public IReadOnlyList<string> Trees => [.. FittedPeers.Trees.Select(peer => peer.Name).Where(Recipes.Contains)];

    public int SeedCount => Measurements.Select(measurement => measurement.Seed).Distinct().Count();

    /// <summary>What earlier runs wrote, put together.</summary>
    /// <exception cref="ArgumentException">The files are of different kinds, or have the same fit twice.</exception>
    public static QualityResults Read(IReadOnlyList<string> paths)
    {
        QualityResults[] parts = [.. paths.Select(path => JsonSerializer.Deserialize<QualityResults>(File.ReadAllText(path), Json)!)];
        if (parts.Select(part => (part.Validating, part.InnerRows)).Distinct().Count() > 1)
            throw new ArgumentException(
                "--results names files of runs that were judged on different rows (test, --validate, --inner); give files of one kind.");
        Measurement[] measurements = [.. parts.SelectMany(part => part.Measurements)];
        var twice = measurements.GroupBy(one => (one.Set, one.Recipe, one.Seed)).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null)
            throw new ArgumentException(
                $"--results names files that both hold {twice.Key.Set}, recipe {twice.Key.Recipe}, seed {twice.Key.Seed}; leave one out.");
        return new QualityResults(
            string.Join("; ", parts.Select(part => part.Machine).Distinct()),
            parts[0].Validating,
            measurements,
            [.. parts.SelectMany(part => part.SklearnFits)],
            parts.Select(part => part.SklearnAbsence).FirstOrDefault(absence => absence is not null),
            parts[0].InnerRows);
    }

    public void Write(string path) => File.WriteAllText(path, JsonSerializer.Serialize(this, Json));

    /// <summary>The fits of one recipe on one set.</summary>
    public IReadOnlyList<Measurement> Of(string set, string recipe) =>
        [.. Measurements.Where(one => one.Set == set && one.Recipe == recipe)];

    /// <summary>What was found on some of the sets.</summary>
    public QualityResults On(IReadOnlyCollection<string> sets) => this with
    {
        Measurements = [.. Measurements.Where(one => sets.Contains(one.Set))],
        SklearnFits = [.. SklearnFits.Where(fit => sets.Contains(fit.Set))],
    };

    /// <summary>Mean of a metric over the seeds; the worst value there is when a training diverged.</summary>
    public double Mean(string set, string recipe, string metric) =>
        Of(set, recipe).Average(one => one.Metrics.TryGetValue(metric, out double value) ? value
            : QualityMetrics.HigherIsBetter(metric) ? double.NegativeInfinity : double.PositiveInfinity);

    /// <summary>How many times the processor time of another's Fit a recipe's takes, median over the seeds that both have; null without
    /// such.</summary>
    public double? ProcessorTimeRatio(string set, string recipe, string other)
    {
        double[] ratios =
        [
            .. Of(set, recipe).Join(
                Of(set, other), one => one.Seed, one => one.Seed, (own, against) => own.ProcessorSeconds / against.ProcessorSeconds),
        ];
        return ratios.Length == 0 ? null : QualityMetrics.Median(ratios);
    }

    /// <summary>Median over the seeds.</summary>
    public double FitSeconds(string set, string recipe) => QualityMetrics.Median(Of(set, recipe).Select(one => one.FitSeconds));
}
