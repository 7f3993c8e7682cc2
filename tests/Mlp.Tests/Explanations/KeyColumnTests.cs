using System.Numerics;
using Mlp.Data;
using Mlp.Explanations;
using Mlp.Losses;
using Mlp.Networks;

namespace Mlp.Tests.Explanations;

/// <summary>Predictions and explanations of models that read keys beside a vector of features.</summary>
public class KeyColumnTests
{
    private const int KeyCount = 3;

    private static readonly FeatureLayout MixedLayout = Mixed.Layout with { KeyCounts = [KeyCount] };

    // A number, and categories of four and two values: in slots, one of them as a key, and both.
    private static readonly FeatureLayout
        InSlots = new() { SlotCount = 7, NumberSlots = [0], Categories = [new CategorySlots(1, 4), new CategorySlots(5, 2)] },
        OneKey = new() { SlotCount = 5, NumberSlots = [0], Categories = [new CategorySlots(1, 4)], KeyCounts = [2] },
        TwoKeys = new() { SlotCount = 1, NumberSlots = [0], KeyCounts = [4, 2] };

    public static TheoryData<OutputLink, int> Links()
    {
        var data = new TheoryData<OutputLink, int>();
        foreach (OutputLink link in Enum.GetValues<OutputLink>())
        {
            data.Add(link, 1);
            data.Add(link, 3);
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Links))]
    public void BesideEverythingElse_ContributionsAddUp(OutputLink link, int networkCount)
    {
        InputDescription inputs = Mixed.Inputs with { Categories = [.. Mixed.Inputs.Categories, new CategoryDescription(KeyCount, 2)] };
        var model = new Model<float>(
            [.. Enumerable.Range(1, networkCount).Select(
                seed => NetworkOf<float>(inputs, [Layer.Dense(8, Activation.Silu), Layer.Dense(2)], seed))],
            link: link)
        {
            Layout = MixedLayout,
            Middles = new float[Mixed.NumberCount],
        };
        var random = new Random(7);
        var background = new RowBlocks<float>(Mixed.SlotCount);
        var keys = new RowBlocks<int>(1);
        for (int row = 0; row < 20; row++)
        {
            Mixed.Vector<float>(random).CopyTo(background.Add());
            keys.Add()[0] = random.Next(KeyCount + 1);
        }
        double ofKeys = 0;
        foreach (Baseline<float> baseline in (Baseline<float>[])
            [Baseline<float>.CentreOf(model), Baseline<float>.MeanOf(background, keys, MixedLayout.KeyCounts)])
        {
            using var gradients = new IntegratedGradients<float>(model, baseline);
            for (int row = 0; row < 8; row++)
            {
                float[] features = Mixed.Vector<float>(random);
                int[] key = [row % (KeyCount + 1)];

                Explanation explanation = gradients.Explain(features, key, row % 2);

                // The score by the predictor, which is other code, in float.
                Assert.Equal(ScoreOf(model, features, key, row % 2), explanation.Score, 1e-4 * (1 + Math.Abs(explanation.Score)));
                Assert.Equal(Mixed.SlotCount + 1, explanation.Contributions.Count);
                double size = explanation.Contributions.Sum(Math.Abs);
                Assert.InRange(Math.Abs(explanation.Residual), 0, IntegratedGradients<float>.RelativeTolerance * size + 1e-11);
                ofKeys += Math.Abs(explanation.Contributions[^1]);
                // What is predicted is explained unless an output is named.
                int predicted = gradients.Explain(features, key, outputIndex: null).OutputIndex;
                Assert.Equal(link == OutputLink.Softmax ? LargestOf(model, features, key) : 0, predicted);
            }
        }
        Assert.True(ofKeys > 0.1, $"the keys contributed {ofKeys}");
    }

    [Fact]
    public void AKey_IsTheSameCategoryAsASlotOfItsRange()
    {
        var network = NetworkOf<double>(
            new InputDescription(1) { Categories = [new CategoryDescription(4, 3), new CategoryDescription(2, 2)] },
            [Layer.Dense(6, Activation.Tanh), Layer.Dense(3)], seed: 3);
        Model<double>[] models = [.. new[] { InSlots, OneKey, TwoKeys }.Select(
            layout => new Model<double>(network, link: OutputLink.Softmax) { Layout = layout })];
        Explainer[] explainers = [.. models.Select(model => new Explainer(model, Baseline<double>.CentreOf(model)))],
            fromMeans = [.. models.Select(model => new Explainer(model, MeanOf(model.Layout!)))];

        for (int first = 0; first <= 4; first++)
        {
            for (int second = 0; second <= 2; second++)
            {
                foreach (Explainer[] each in (Explainer[][])[explainers, fromMeans])
                {
                    (double[] Scores, double[] Parts)[] found = [.. each.Select(explainer => explainer.Explain(0.5, first, second))];
                    // Same arithmetic, other places: the same bits.
                    Assert.Equal(found[0].Scores, found[1].Scores);
                    Assert.Equal(found[0].Scores, found[2].Scores);
                    Assert.Equal(found[0].Parts, found[1].Parts);
                    Assert.Equal(found[0].Parts, found[2].Parts);
                }
            }
        }
    }

    [Fact]
    public void ALinearModel_ContributesWhatTheValueAdds_FromTheUnknownOneAndFromTheMean()
    {
        var network = Network<double>.CreateBlank(
            new InputDescription(1) { Categories = [new CategoryDescription(3, 1)] }, embedding: null,
            [new DenseLayerDescription(1, Activation.Identity)]);
        foreach (ParameterTensor tensor in network.Parameters.Tensors)
        {
            // The base is 100, the values are 1, 2, 3 beyond it; weights are 5 and 10.
            double[] values = tensor.IsTable ? [1, 2, 3] : tensor.Input is not null ? [100] : tensor.IsBias ? [0] : [5, 10];
            values.CopyTo(network.Parameters[tensor]);
        }
        var layout = new FeatureLayout { SlotCount = 1, NumberSlots = [0], KeyCounts = [3] };
        var model = new Model<double>(network) { Layout = layout };
        using var fromUnknown = new IntegratedGradients<double>(model, Baseline<double>.CentreOf(model));
        // Two rows of the second value, one of the third, and one whose value is not known.
        using var fromMean = new IntegratedGradients<double>(
            model, Baseline<double>.MeanOf(new RowBlocks<double>([0, 1, 2, 3], 1), new RowBlocks<int>([2, 2, 3, 0], 1), layout.KeyCounts));

        Explanation unknown = fromUnknown.Explain([2], [3], 0), mean = fromMean.Explain([2], [3], 0);

        Assert.Equal((1000, 5 * 2 + 10 * 103), (unknown.BaselineScore, unknown.Score));
        Assert.Equal([10.0, 30], unknown.Contributions.Select(value => Math.Round(value, 9)));
        // The mean of the rows is 1.5 and (2 + 2 + 3 + 0) / 4.
        Assert.Equal(5 * 1.5 + 10 * 101.75, mean.BaselineScore, 1e-9);
        Assert.Equal([2.5, 12.5], mean.Contributions.Select(value => Math.Round(value, 9)));
        // By the features alone no key is known.
        Assert.Equal([10.0, 0], fromUnknown.Explain([2]).Contributions.Select(value => Math.Round(value, 9)));
    }

    [Fact]
    public void APredictor_ForgetsTheKeysOfTheRowsBefore()
    {
        var network = NetworkOf<float>(
            new InputDescription(1) { Categories = [new CategoryDescription(4, 3), new CategoryDescription(2, 2)] }, [Layer.Dense(1)],
            seed: 3);
        using var predictor = new Predictor<float>(new Model<float>(network) { Layout = TwoKeys }, maxRowCount: 2);
        float[] before = new float[3], with = new float[3], after = new float[3];

        predictor.Predict([1, 2, 3], before);
        predictor.Predict([1, 2, 3], [1, 1, 4, 2, 0, 2], with);
        predictor.Predict([1, 2, 3], after);

        Assert.Equal(before, after);
        for (int row = 0; row < 3; row++)
            Assert.NotEqual(before[row], with[row]);
    }

    private static Baseline<double> MeanOf(FeatureLayout layout)
    {
        (double, int, int)[] rows = [(1, 1, 2), (2, 4, 0), (3, 4, 1), (4, 0, 2)];
        (double[] Features, int[] Keys)[] split = [.. rows.Select(row => RowOf(layout, row.Item1, row.Item2, row.Item3))];
        int keyCount = layout.KeyCounts.Length;
        return Baseline<double>.MeanOf(
            new RowBlocks<double>([.. split.SelectMany(row => row.Features)], layout.SlotCount),
            keyCount == 0 ? null : new RowBlocks<int>([.. split.SelectMany(row => row.Keys)], keyCount), layout.KeyCounts);
    }

    private static (double[] Features, int[] Keys) RowOf(FeatureLayout layout, double number, int first, int second)
    {
        var features = new double[layout.SlotCount];
        features[0] = number;
        int[] values = [first, second];
        for (int category = 0; category < layout.Categories.Length; category++)
        {
            if (values[category] > 0)
                features[layout.Categories[category].First + values[category] - 1] = 1;
        }
        return (features, values[layout.Categories.Length..]);
    }

    private static Network<T> NetworkOf<T>(InputDescription inputs, IReadOnlyList<Layer> layers, int seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var network = Network<T>.Create(inputs, layers, seed);
        var random = new Random(seed);
        foreach (ParameterTensor tensor in network.Parameters.Tensors.Where(tensor => tensor.Input is not null))
        {
            foreach (ref T value in network.Parameters[tensor])
                value = T.CreateTruncating(4 * random.NextDouble() - 2);
        }
        return network;
    }

    private static int LargestOf(Model<float> model, float[] features, int[] keys)
    {
        float[] outputs = Outputs(model, features, keys);
        return outputs[1] > outputs[0] ? 1 : 0;
    }

    private static double ScoreOf(Model<float> model, float[] features, int[] keys, int output)
    {
        float[] outputs = Outputs(model, features, keys);
        if (model.Link == OutputLink.Exponential)
            model.Link.Apply<float>(outputs, outputs.Length);
        // Of two classes that exclude each other the log-odds are the difference of the logarithms.
        return model.Link == OutputLink.Softmax ? outputs[output] - outputs[1 - output] : outputs[output];
    }

    private static float[] Outputs(Model<float> model, float[] features, int[] keys)
    {
        var outputs = new float[model.Network.OutputCount];
        using var predictor = new Predictor<float>(model, maxRowCount: 1);
        predictor.Predict(features, keys, outputs);
        return outputs;
    }

    /// <summary>Explains rows of a layout, and puts what a category's slots or its key contribute in one place.</summary>
    private sealed class Explainer(Model<double> model, Baseline<double> baseline)
    {
        private readonly IntegratedGradients<double> _gradients = new(model, baseline);

        public (double[] Scores, double[] Parts) Explain(double number, int first, int second)
        {
            FeatureLayout layout = model.Layout!;
            (double[] features, int[] keys) = RowOf(layout, number, first, second);
            Explanation explanation = _gradients.Explain(features, keys, outputIndex: 1);
            var parts = new List<double> { explanation.Contributions[0] };
            parts.AddRange(layout.Categories.Select(
                category => explanation.Contributions.Skip(category.First).Take(category.ValueCount).Sum()));
            parts.AddRange(explanation.Contributions.Skip(layout.SlotCount));
            return ([explanation.BaselineScore, explanation.Score], [.. parts]);
        }
    }
}
