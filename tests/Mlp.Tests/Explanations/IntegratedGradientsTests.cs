using Mlp.Losses;
using Mlp.TestSupport;

namespace Mlp.Tests.Explanations;

public class IntegratedGradientsTests
{
    public static TheoryData<OutputLink, Activation, int, bool> Models()
    {
        var data = new TheoryData<OutputLink, Activation, int, bool>();
        foreach (OutputLink link in Enum.GetValues<OutputLink>())
        {
            foreach (Activation activation in (Activation[])[Activation.Relu, Activation.Silu, Activation.LeakyRelu, Activation.Tanh])
            {
                data.Add(link, activation, 1, false);
                data.Add(link, activation, 3, true);
            }
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Contributions_AddUpToTheDifferenceOfTheScores(OutputLink link, Activation activation, int networkCount, bool hasEmbedding)
    {
        double totalSize = 0;
        for (int seed = 0; seed < 3; seed++)
        {
            Model<float> model = RandomModel(link, activation, networkCount, hasEmbedding, seed);
            float[] baseline = GemmChecks.Random<float>(5, seed: 100 + seed), row = GemmChecks.Random<float>(5, seed: 200 + seed);
            using var gradients = new IntegratedGradients<float>(model, baseline);
            for (int output = 0; output < 3; output++)
            {
                Explanation explanation = gradients.Explain(row, output);

                // The scores by the predictor, which is other code, in float.
                Assert.Equal(ScoreOf(model, row, output), explanation.Score, 1e-4 * (1 + Math.Abs(explanation.Score)));
                Assert.Equal(ScoreOf(model, baseline, output), explanation.BaselineScore, 1e-4 * (1 + Math.Abs(explanation.BaselineScore)));
                double size = explanation.Contributions.Sum(Math.Abs);
                Assert.InRange(
                    Math.Abs(explanation.Score - explanation.BaselineScore - explanation.Contributions.Sum()), 0,
                    IntegratedGradients<float>.RelativeTolerance * size + 1e-11);
                Assert.Equal(explanation.Score - explanation.BaselineScore - explanation.Contributions.Sum(), explanation.Residual);
                totalSize += size;
            }
        }
        Assert.True(totalSize > 1, $"the contributions are as small as {totalSize}");
    }

    [Fact]
    public void LinearModel_ContributesWeightTimesDifference()
    {
        // 2·(3 − 1) = 4 and −5·(1 − 2) = 5; the third feature is at the baseline.
        var network = Network<double>.Create(3, [Layer.Dense(1)]);
        ((double[])[2, -5, 7]).CopyTo(network.Layers[0].Weights);
        using var gradients = new IntegratedGradients<double>(new Model<double>(network), [1, 2, 4]);

        Explanation explanation = gradients.Explain([3, 1, 4]);

        Assert.Equal(4, explanation.Contributions[0], 1e-12);
        Assert.Equal(5, explanation.Contributions[1], 1e-12);
        Assert.Equal(0, explanation.Contributions[2]);
        Assert.Equal(20, explanation.BaselineScore, 1e-12);
        Assert.Equal(29, explanation.Score, 1e-12);
    }

    [Fact]
    public void Product_IsSharedAsTheIntegralSays()
    {
        // tanh(x + y) − tanh(x − y) from (0, 0) to (1, 2): ∂/∂x = f′(x + y) − f′(x − y), along (α, 2α).
        var network = Network<double>.Create(2, [Layer.Dense(2, Activation.Tanh), Layer.Dense(1)]);
        ((double[])[1, 1, 1, -1]).CopyTo(network.Layers[0].Weights);
        ((double[])[1, -1]).CopyTo(network.Layers[1].Weights);
        using var gradients = new IntegratedGradients<double>(new Model<double>(network), [0, 0]);

        Explanation explanation = gradients.Explain([1, 2]);

        // ∫ f′(3α) dα = tanh(3) / 3, ∫ f′(−α) dα = tanh(1).
        Assert.Equal(Math.Tanh(3) / 3 - Math.Tanh(1), explanation.Contributions[0], 1e-4);
        Assert.Equal(2 * (Math.Tanh(3) / 3 + Math.Tanh(1)), explanation.Contributions[1], 1e-4);
    }

    [Fact]
    public void UnitsOfFeatures_ChangeNothing()
    {
        Model<double> inMetres = ScaledModel(1), inKilometres = ScaledModel(1000);
        using var metres = new IntegratedGradients<double>(inMetres, IntegratedGradients<double>.CentreOf(inMetres));
        using var kilometres = new IntegratedGradients<double>(inKilometres, IntegratedGradients<double>.CentreOf(inKilometres));

        Explanation first = metres.Explain([3000, -20]), second = kilometres.Explain([3, -20]);

        Assert.Equal(first.Contributions[0], second.Contributions[0], 1e-9);
        Assert.Equal(first.Contributions[1], second.Contributions[1], 1e-9);

        static Model<double> ScaledModel(double unit) => new(
            Network<double>.Create(2, [Layer.Dense(6, Activation.Silu), Layer.Dense(1)], seed: 3),
            new FeatureScaling<double>([1000 / unit, 5], [unit / 800, 0.1], 3));
    }

    [Fact]
    public void Range_EndsTheScore_AndTheContributionsWithIt()
    {
        var network = Network<double>.Create(1, [Layer.Dense(1)]);
        network.Layers[0].Weights[0] = 1;
        var model = new Model<double>(network) { Range = new TargetRange<double>([-1], [0.3]) };
        using var gradients = new IntegratedGradients<double>(model, [0]);

        Explanation explanation = gradients.Explain([10]);

        Assert.Equal(0.3, explanation.Score);
        Assert.Equal(0.3, explanation.Contributions[0], 0.3 * IntegratedGradients<float>.RelativeTolerance);
    }

    [Fact]
    public void Explain_WithoutAnOutput_TakesTheLargest()
    {
        Model<float> model = RandomModel(OutputLink.Softmax, Activation.Silu, 2, hasEmbedding: false, seed: 5);
        using var gradients = new IntegratedGradients<float>(model, new float[5]);
        using var predictor = new Predictor<float>(model);
        var outputs = new float[3];
        var seen = new HashSet<int>();
        for (int seed = 0; seed < 20; seed++)
        {
            float[] row = [.. GemmChecks.Random<float>(5, seed).Select(value => 5 * value)];
            predictor.Predict(row, outputs);
            Explanation explanation = gradients.Explain(row);
            Assert.Equal(Array.IndexOf(outputs, outputs.Max()), explanation.OutputIndex);
            seen.Add(explanation.OutputIndex);
        }
        Assert.True(seen.Count > 1);
    }

    [Fact]
    public void NaN_GivesNaN()
    {
        Model<float> model = RandomModel(OutputLink.Sigmoid, Activation.Relu, 1, hasEmbedding: false, seed: 5);
        using var gradients = new IntegratedGradients<float>(model, new float[5]);
        Assert.All(gradients.Explain([0, float.NaN, 0, 0, 0]).Contributions, contribution => Assert.Equal(double.NaN, contribution));
    }

    [Fact]
    public void MeanAndCentre_AreWhatTheySay()
    {
        Assert.Equal([2f, 5f], IntegratedGradients<float>.MeanOf(new RowBlocks<float>([1, 4, 3, 6], 2)));
        var network = Network<float>.Create(2, [Layer.Dense(1)]);
        Assert.Equal([7f, 8f], IntegratedGradients<float>.CentreOf(new Model<float>(network, new FeatureScaling<float>([7, 8], [1, 1]))));
        Assert.Equal([0f, 0f], IntegratedGradients<float>.CentreOf(new Model<float>(network)));
    }

    [Fact]
    public void WrongArguments_AreNamed()
    {
        var model = new Model<float>(Network<float>.Create(2, [Layer.Dense(1)]));
        Assert.Contains("baseline holds 3 values; the model has 2", Throws(() => new IntegratedGradients<float>(model, [1, 2, 3])));
        Assert.Contains("Feature 1 of the baseline is NaN", Throws(() => new IntegratedGradients<float>(model, [1, float.NaN])));
        Assert.Contains("softmax of one output", Throws(() => new IntegratedGradients<float>(
            new Model<float>(model.Network, link: OutputLink.Softmax), [1, 2])));
        using var gradients = new IntegratedGradients<float>(model, [1, 2]);
        Assert.Contains("features holds 1 values", Throws(() => gradients.Explain([1])));
        Assert.Contains("outputIndex is 1; the model has outputs 0 to 0", Throws(() => gradients.Explain([1, 2], 1)));

        static string Throws(Func<object> act) => Assert.ThrowsAny<ArgumentException>(act).Message;
    }

    private static Model<float> RandomModel(OutputLink link, Activation activation, int networkCount, bool hasEmbedding, int seed)
    {
        Layer[] layers = [Layer.Dense(12, activation), Layer.Dense(7, activation), Layer.Dense(3)];
        if (hasEmbedding)
            layers = [Layer.PeriodicEmbedding([0, 3], frequencies: 6), .. layers];
        Network<float>[] networks =
            [.. Enumerable.Range(0, networkCount).Select(index => Network<float>.Create(5, layers, 10 * seed + index))];
        float[] factors = [2, 1, 0.5f, 3, 1];
        return new Model<float>(networks, new FeatureScaling<float>([0.1f, 0, -0.2f, 0.3f, 0], factors, hasEmbedding ? 3 : null), link)
        {
            Temperature = 0.8,
            Range = link == OutputLink.Identity && hasEmbedding ? new TargetRange<float>([-0.4f, -0.4f, -0.4f], [0.4f, 0.4f, 0.4f]) : null,
        };
    }

    private static double ScoreOf(Model<float> model, float[] row, int output)
    {
        using var predictor = new Predictor<float>(model);
        var outputs = new float[3];
        predictor.Predict(row, outputs);
        if (model.Link is OutputLink.Sigmoid or OutputLink.Identity)
            return outputs[output];
        model.Link.Apply<float>(outputs, 3);
        return model.Link == OutputLink.Exponential ? outputs[output] : Math.Log(outputs[output] / (outputs.Sum() - outputs[output]));
    }
}
