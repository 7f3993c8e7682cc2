using Mlp.Benchmarks.Quality;
using Mlp.MLNet;

namespace Mlp.Benchmarks.Tests.Quality;

public class OptionOverrideTests
{
    private readonly MlpBinaryTrainer.Options _options = new();

    [Theory]
    [InlineData("NumberOfNetworks=5")]
    [InlineData("ValidationFraction=0.25")]
    [InlineData("LabelSmoothing=0.1")]
    [InlineData("RefitOnAllRows=false")]
    [InlineData("Activation=silu")]
    [InlineData("Normalization=Standard")]
    [InlineData("FeatureColumnName=Inputs")]
    [InlineData("HiddenLayerSizes=64x32")]
    [InlineData("DropoutRates=none")]
    [InlineData("WeightInitializer=HeNormal")]
    public void Apply_SetsTheOption(string text)
    {
        OptionOverride.Parse(text).Apply(_options);

        Assert.Equal(text, text.Split('=')[0] switch
        {
            "NumberOfNetworks" => $"NumberOfNetworks={_options.NumberOfNetworks}",
            "ValidationFraction" => FormattableString.Invariant($"ValidationFraction={_options.ValidationFraction}"),
            "LabelSmoothing" => FormattableString.Invariant($"LabelSmoothing={_options.LabelSmoothing}"),
            "RefitOnAllRows" => $"RefitOnAllRows={(_options.RefitOnAllRows == false ? "false" : "?")}",
            "Activation" => $"Activation={(_options.Activation == Activation.Silu ? "silu" : "?")}",
            "Normalization" => $"Normalization={_options.Normalization}",
            "FeatureColumnName" => $"FeatureColumnName={_options.FeatureColumnName}",
            "HiddenLayerSizes" => $"HiddenLayerSizes={string.Join('x', _options.HiddenLayerSizes ?? [])}",
            "DropoutRates" => $"DropoutRates={(_options.DropoutRates is { Count: 0 } ? "none" : "?")}",
            _ => $"WeightInitializer={(_options.WeightInitializer == Initializer.HeNormal ? "HeNormal" : "?")}",
        });
    }

    [Fact]
    public void Apply_PartsOfAnOption_AreSetTogether()
    {
        OptionOverride.Parse("NumericEmbedding.Outputs=5").Apply(_options);
        OptionOverride.Parse("NumericEmbedding.Frequencies=7").Apply(_options);

        Assert.Equal(new NumericEmbedding { Outputs = 5, Frequencies = 7 }, _options.NumericEmbedding);
    }

    [Fact]
    public void Apply_OptionOfAnotherTask_DoesNothing()
    {
        var options = new MlpRegressionTrainer.Options();
        string before = options.ToString();

        OptionOverride.Parse("LabelSmoothing=0.1").Apply(options);

        Assert.Equal(before, options.ToString());
    }

    [Theory]
    [InlineData("NumberOfNetworks", "write Name=Value")]
    [InlineData("Speed=9", "--set names Speed; the trainers' options are Activation, ")]
    [InlineData("NumberOfNetworks=five", "gives NumberOfNetworks the value 'five', which is no Int32.")]
    [InlineData("Activation=9", "the value '9', which is no Activation; it is one of Identity, ")]
    [InlineData("Preset=Fast", "--set names Preset")]
    [InlineData("EarlyStopping.Speed=9", "--set names EarlyStopping.Speed; EarlyStopping has ")]
    [InlineData("Loss.Speed=9", "--set names Loss.Speed; Loss has no parts")]
    public void Parse_NoOptionOrValue_SaysWhatThereIs(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<ArgumentException>(() => OptionOverride.Parse(text)).Message);

    [Fact]
    public void With_NamesTheRecipeAfterItsOverrides()
    {
        QualityRecipe recipe = QualityRecipes.Find("Fast").With(
            [OptionOverride.Parse("NumberOfEpochs=7"), OptionOverride.Parse("BatchSize=8")]);
        recipe.Apply(_options);

        Assert.Equal("fast NumberOfEpochs=7 BatchSize=8", recipe.Name);
        Assert.Equal((7, 8), (_options.NumberOfEpochs, _options.BatchSize));
        Assert.Same(QualityRecipes.Find("fast"), QualityRecipes.Find("fast").With([]).WithMissing(null));
    }
}
