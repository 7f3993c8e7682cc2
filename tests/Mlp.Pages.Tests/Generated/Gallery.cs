using Mlp.Reports;
using Mlp.TestSupport;

namespace Mlp.Pages.Tests.Generated;

/// <summary>The drawings of docs/gallery.md: networks of the seed articles, with the weights they end with.</summary>
internal static class Gallery
{
    /// <summary>File names and what draws them.</summary>
    public static IReadOnlyList<(string FileName, Func<ModelReport> Create)> Drawings { get; } =
    [
        ("two-moons-4.svg", () => TwoMoons(hidden: 4)),
        ("two-moons-50.svg", () => TwoMoons(hidden: 50)),
        ("five-times-x.svg", FiveTimesX),
    ];

    /// <summary>A drawing as text.</summary>
    public static string Draw(Func<ModelReport> create)
    {
        using var folder = new TemporaryFolder();
        string path = folder.PathOf("drawing.svg");
        return create().SaveDecision(path) ? File.ReadAllText(path) : throw new CheckFailedException("There is nothing to draw.");
    }

    private static ModelReport TwoMoons(int hidden)
    {
        Seed002Fixture article = Fixtures.Seed002;
        Seed002Net net = article.Nets.Single(each => each.Hidden == hidden);
        // The article's output layer is two sigmoids, which here are the model's link.
        var network = FixtureNetworks.Create<double>([net.FinalWeights[0], net.FinalWeights[1] with { Activation = "identity" }]);
        var rows = ReportRows.Of(
            new RowBlocks<double>(article.Data.Inputs.Data, 2),
            new RowBlocks<double>([.. article.Data.Labels.Select(label => (double)label)], 1));
        return ModelReport.Create(
            new Model<double>(network, link: OutputLink.Sigmoid), train: null, rows,
            new ReportSettings { LabelName = "moon", FeatureNames = ["x", "y"], OutputNames = ["upper moon", "lower moon"] });
    }

    private static ModelReport FiveTimesX()
    {
        Seed000Fixture article = Fixtures.Seed000;
        var network = FixtureNetworks.Create<double>(article.Rules.TrueGradient.FinalWeights);
        var rows = ReportRows.Of(new RowBlocks<double>(article.Data.Inputs.Data, 1), new RowBlocks<double>(article.Data.Targets.Data, 1));
        return ModelReport.Create(
            new Model<double>(network), train: null, rows, new ReportSettings { LabelName = "y", FeatureNames = ["x"] });
    }
}
