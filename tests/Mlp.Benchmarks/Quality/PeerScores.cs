using System.Text.Json;

namespace Mlp.Benchmarks.Quality;

/// <summary>What others reach on the sets: set, model, metric.</summary>
internal sealed class PeerScores
{
    /// <summary>The peer that a net on a small table must not fall behind.</summary>
    public const string Linear = "linear";

    // Standardised (pixels: min-max), the better of the two ways mlnet.json ran the linear trainers.
    private static readonly string[] Scaled = ["_centred", "_minmax"];

    private static readonly Dictionary<string, string> Trainers = new()
    {
        ["fast_tree"] = "FastTree",
        ["ova_fast_tree"] = "FastTree",
        ["fast_forest"] = "FastForest",
        ["lbfgs_logistic_regression*"] = "Lbfgs*",
        ["lbfgs_maximum_entropy*"] = "Lbfgs*",
        ["lbfgs_poisson*"] = "Poisson*",
        ["sdca_logistic_regression*"] = "Sdca*",
        ["sdca_maximum_entropy*"] = "Sdca*",
        ["sdca*"] = "Sdca*",
        ["averaged_perceptron*"] = "Perceptron*",
        ["online_gradient_descent*"] = "Ogd*",
    };

    private readonly Dictionary<string, Dictionary<string, Dictionary<string, double>>> _peers, _trainers;

    /// <param name="peersJson">The text of peers.json; its prior is no peer.</param>
    /// <param name="trainersJson">The text of mlnet.json; only its trees and linear trainers take part.</param>
    public PeerScores(string peersJson, string trainersJson)
    {
        _peers = Parse(peersJson, name => name == "prior" ? null : name);
        _trainers = Parse(trainersJson, TrainerName);
    }

    /// <summary>The peers' names in the order of their file.</summary>
    public IReadOnlyList<string> PeerNames => [.. _peers.Values.SelectMany(models => models.Keys).Distinct()];

    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    public static PeerScores Read(string folder) =>
        new(File.ReadAllText(Path.Combine(folder, "peers.json")), File.ReadAllText(Path.Combine(folder, "mlnet.json")));

    /// <summary>Who reached what on a set; those without this metric are left out.</summary>
    /// <param name="set">The table.</param>
    /// <param name="metric">accuracy, auc, log_loss or rmse.</param>
    /// <param name="withTrainers">Whether ML.NET's trainers take part.</param>
    public Dictionary<string, double> Scores(string set, string metric, bool withTrainers) =>
        _peers.GetValueOrDefault(set, []).Concat(withTrainers ? _trainers.GetValueOrDefault(set, []) : [])
            .Where(model => model.Value.ContainsKey(metric))
            .ToDictionary(model => model.Key, model => model.Value[metric]);

    /// <summary>The name in the tables of a trainer of mlnet.json; null for one that takes no part.</summary>
    private static string? TrainerName(string name)
    {
        foreach (string suffix in Scaled)
        {
            if (name.EndsWith(suffix, StringComparison.Ordinal))
                name = name[..^suffix.Length] + "*";
        }
        return Trainers.GetValueOrDefault(name);
    }

    private static Dictionary<string, Dictionary<string, Dictionary<string, double>>> Parse(string json, Func<string, string?> rename)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.GetProperty("datasets").EnumerateObject().ToDictionary(
            set => set.Name,
            set => set.Value.GetProperty("models").EnumerateObject().Where(model => rename(model.Name) is not null).ToDictionary(
                model => rename(model.Name)!,
                model => model.Value.EnumerateObject().Where(metric => metric.Value.ValueKind == JsonValueKind.Number)
                    .ToDictionary(metric => metric.Name, metric => metric.Value.GetDouble())));
    }
}
