using Mlp.Benchmarks.Quality;

namespace Mlp.Benchmarks.Tests.Quality;

public class PeerScoresTests
{
    private static readonly PeerScores Scores = new(
        """
        {"datasets": {"glass": {"models": {
            "prior": {"accuracy": 0.3}, "linear": {"accuracy": 0.6, "log_loss": 0.9, "sd": {"accuracy": 0.01}, "note": "one seed"}}}}}
        """,
        """
        {"datasets": {"glass": {"models": {
            "ova_fast_tree": {"accuracy": 0.8, "log_loss": 1.1},
            "lbfgs_maximum_entropy": {"accuracy": 0.5}, "lbfgs_maximum_entropy_centred": {"accuracy": 0.63},
            "sdca_maximum_entropy_minmax": {"accuracy": 0.61, "log_loss": "infinity"}, "naive_bayes": {"accuracy": 0.4}}}}}
        """);

    [Fact]
    public void Scores_OfPeers_AreWithoutThePrior() =>
        Assert.Equal(new Dictionary<string, double> { ["linear"] = 0.6 }, Scores.Scores("glass", "accuracy", withTrainers: false));

    [Fact]
    public void Scores_WithTrainers_AddTreesAndStandardisedLinearTrainers() =>
        Assert.Equal(
            new Dictionary<string, double> { ["linear"] = 0.6, ["FastTree"] = 0.8, ["Lbfgs*"] = 0.63, ["Sdca*"] = 0.61 },
            Scores.Scores("glass", "accuracy", withTrainers: true));

    [Fact]
    public void Scores_LeaveOutWhoHasNoSuchNumber() =>
        Assert.Equal(
            new Dictionary<string, double> { ["linear"] = 0.9, ["FastTree"] = 1.1 },
            Scores.Scores("glass", "log_loss", withTrainers: true));

    [Fact]
    public void Scores_OfUnknownSet_AreNone() => Assert.Empty(Scores.Scores("moons", "accuracy", withTrainers: true));
}
