using Mlp.Data;
using Mlp.Explanations;
using Mlp.Losses;
using Mlp.Networks;
using Mlp.TestSupport;

namespace Mlp.Tests.Explanations;

/// <summary>Explanations of models with missing numbers, categories and sparse slots; the numbers alone are in
/// <see cref="IntegratedGradientsTests"/>.</summary>
public class StraightPathTests
{
    private const int FirstSparse = Mixed.NumberCount + 6;

    public static TheoryData<OutputLink, Activation, int> Models()
    {
        var data = new TheoryData<OutputLink, Activation, int>();
        foreach (OutputLink link in Enum.GetValues<OutputLink>())
        {
            data.Add(link, Activation.Relu, 1);
            data.Add(link, Activation.Silu, 3);
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Contributions_AddUpToTheDifferenceOfThePredictedScores(OutputLink link, Activation activation, int networkCount)
    {
        Model<float> model = RandomModel(link, activation, networkCount);
        var random = new Random(7);
        float[][] baselines = [IntegratedGradients<float>.CentreOf(model), Mixed.Vector<float>(random), Mixed.Vector<float>(random)];
        double totalSize = 0;
        foreach (float[] baseline in baselines)
        {
            using var gradients = new IntegratedGradients<float>(model, baseline);
            for (int row = 0; row < 8; row++)
            {
                float[] features = Mixed.Vector<float>(random);
                Explanation explanation = gradients.Explain(features, row % 2);

                // The scores by the predictor, which is other code, in float.
                Assert.Equal(ScoreOf(model, features, row % 2), explanation.Score, 1e-4 * (1 + Math.Abs(explanation.Score)));
                Assert.Equal(
                    ScoreOf(model, baseline, row % 2), explanation.BaselineScore, 1e-4 * (1 + Math.Abs(explanation.BaselineScore)));
                double size = explanation.Contributions.Sum(Math.Abs);
                Assert.InRange(Math.Abs(explanation.Residual), 0, IntegratedGradients<float>.RelativeTolerance * size + 1e-11);
                Assert.Equal(Mixed.SlotCount, explanation.Contributions.Count);
                totalSize += size;
            }
        }
        Assert.True(totalSize > 1, $"the contributions are as small as {totalSize}");
    }

    [Fact]
    public void LinearModel_ContributesWhatEachPartAdds()
    {
        Model<double> model = LinearModel();
        using var gradients = new IntegratedGradients<double>(model, IntegratedGradients<double>.CentreOf(model));
        var row = new double[Mixed.SlotCount];
        (row[0], row[1], row[2]) = (double.NaN, 2, 0);
        row[Mixed.NumberCount + 2] = 1;
        row[FirstSparse + 5] = 4;

        Explanation explanation = gradients.Explain(row, 0);

        // The weights are 1, 2, … over [3 numbers | 2 indicators | 3 + 2 of embeddings], and 0.1 for all sparse slots. The first number is
        // its learnt 10, so 10 · 1, and its indicator 1 · 4; the second 2 · 2; the third value of the first category is (7, 8, 9) beyond
        // its base; the other category has no value, as in the baseline.
        var expected = new double[Mixed.SlotCount];
        (expected[0], expected[1]) = (14, 4);
        expected[Mixed.NumberCount + 2] = 7 * 6 + 8 * 7 + 9 * 8;
        expected[FirstSparse + 5] = 0.4;
        for (int slot = 0; slot < expected.Length; slot++)
            Assert.Equal(expected[slot], explanation.Contributions[slot], 1e-9);
        Assert.Equal(expected.Sum(), explanation.Score - explanation.BaselineScore, 1e-9);
    }

    [Fact]
    public void AnUnknownValue_ContributesAtTheFirstSlotOfItsCategory()
    {
        Model<double> model = LinearModel();
        var baseline = new double[Mixed.SlotCount];
        baseline[Mixed.NumberCount + 2] = 1;
        using var gradients = new IntegratedGradients<double>(model, baseline);

        Explanation explanation = gradients.Explain(new double[Mixed.SlotCount], 0);

        for (int slot = 0; slot < Mixed.SlotCount; slot++)
            Assert.Equal(slot == Mixed.NumberCount ? -(7 * 6 + 8 * 7 + 9 * 8) : 0, explanation.Contributions[slot], 1e-9);
    }

    [Fact]
    public void Shares_OfACategoryInTheBaseline_StandForTheMeanOfItsValues()
    {
        Model<double> model = LinearModel();
        double[][] rows = [.. Enumerable.Range(0, 4).Select(_ => new double[Mixed.SlotCount])];
        for (int row = 0; row < 3; row++)
            rows[row][Mixed.NumberCount + row] = 1;
        using var one = new IntegratedGradients<double>(model, rows[0]);
        using var all = new IntegratedGradients<double>(
            model, IntegratedGradients<double>.MeanOf(new RowBlocks<double>([.. rows.SelectMany(row => row)], Mixed.SlotCount)));

        // The score of a linear model at the mean is the mean of the scores.
        Assert.Equal(rows.Average(row => one.Explain(row, 0).Score), all.Explain(rows[0], 0).BaselineScore, 1e-9);
        // What no mean of flags can be is not known.
        rows[0][Mixed.NumberCount] = 5;
        using var wrong = new IntegratedGradients<double>(model, rows[0]);
        Assert.Equal(one.Explain(rows[3], 0).Score, wrong.Explain(rows[3], 0).BaselineScore, 1e-9);
    }

    [Fact]
    public void MissingNumbers_HaveFiniteContributions_LearntOrNot()
    {
        Model<float> model = RandomModel(OutputLink.Sigmoid, Activation.Silu, networkCount: 3);
        using var gradients = new IntegratedGradients<float>(model, IntegratedGradients<float>.CentreOf(model));
        var row = new float[Mixed.SlotCount];
        row.AsSpan(0, Mixed.NumberCount).Fill(float.NaN);

        Explanation explanation = gradients.Explain(row);

        Assert.All(explanation.Contributions, contribution => Assert.True(double.IsFinite(contribution)));
        Assert.NotEqual(0, explanation.Contributions[0]);
        // The centre is 0 after scaling, and so is the middle that stands for the second number.
        Assert.Equal(0, explanation.Contributions[1]);
        // The other way round: a baseline may have missing numbers, too.
        using var fromMissing = new IntegratedGradients<float>(model, row);
        Assert.All(
            fromMissing.Explain(new float[Mixed.SlotCount]).Contributions, contribution => Assert.True(double.IsFinite(contribution)));
    }

    [Fact]
    public void NaN_InAModelThatDoesNotTakeIt_GivesNaN_AndIsRefusedInTheBaseline()
    {
        Model<double> model = LinearModel();
        using var gradients = new IntegratedGradients<double>(model, new double[Mixed.SlotCount]);
        var row = new double[Mixed.SlotCount];
        row[1] = double.NaN;

        Assert.All(gradients.Explain(row, 0).Contributions, contribution => Assert.Equal(double.NaN, contribution));
        string message = Assert.Throws<ArgumentException>(() => new IntegratedGradients<double>(model, row)).Message;
        Assert.Contains("Feature 1 of the baseline is NaN", message);
    }

    [Fact]
    public void EmptySparseSlots_CostNoGradients()
    {
        // As many gradients as the same model without them: the path does not know them.
        const int SparseCount = 30_000;
        var layout = new FeatureLayout
        {
            SlotCount = 2 + SparseCount,
            NumberSlots = [0, 1],
            SparseSlots = [.. Enumerable.Range(2, SparseCount)],
        };
        var network = Network<double>.Create(
            new InputDescription(2) { SparseCount = SparseCount }, [Layer.Dense(4, Activation.Silu), Layer.Dense(1)]);
        var path = new StraightPath(
            new Model<double>(network) { Layout = layout }, new double[layout.SlotCount], keyShares: [], PathIntegral.PointsAtOnce);
        var row = new double[layout.SlotCount];
        (row[0], row[9], row[30_001]) = (1, 2, 3);

        path.SetRow(row, keys: []);
        Assert.Equal(4, path.From.Length);
        Assert.Equal([1, 0, 2, 3], path.To.ToArray());
        Assert.Equal([0, 1, 9, 30_001], path.Slots.ToArray());
        path.SetRow(new double[layout.SlotCount], keys: []);
        Assert.Equal(2, path.From.Length);
    }

    [Fact]
    public void ALayoutOfNumbersAlone_GivesTheBitsOfNone()
    {
        Network<float>[] networks = [.. Enumerable.Range(0, 3).Select(
            index => Network<float>.Create(5, [Layer.Dense(9, Activation.Silu), Layer.Dense(3)], seed: index))];
        var scaling = new FeatureScaling<float>([0.1f, 0, -0.2f, 0.3f, 0], [2, 1, 0.5f, 3, 1], 3);
        var plain = new Model<float>(networks, scaling, OutputLink.Softmax);
        // The second slot is none of the numbers.
        var apart = new Model<float>(networks, scaling, OutputLink.Softmax)
        {
            Layout = new FeatureLayout { SlotCount = 6, NumberSlots = [0, 2, 3, 4, 5] },
        };
        float[] row = GemmChecks.Random<float>(5, seed: 1);
        using var first = new IntegratedGradients<float>(plain, IntegratedGradients<float>.CentreOf(plain));
        using var second = new IntegratedGradients<float>(apart, IntegratedGradients<float>.CentreOf(apart));

        double[] expected = [.. first.Explain(row).Contributions];
        Assert.Equal(expected.Length, expected.Distinct().Count());
        Assert.Equal([expected[0], 0, .. expected[1..]], second.Explain([row[0], 77, .. row[1..]]).Contributions);
    }

    [Fact]
    public void CentreOf_LeavesCategoriesUnknown_AndMeanOf_LeavesMissingNumbersOut()
    {
        Model<float> model = RandomModel(OutputLink.Sigmoid, Activation.Silu, networkCount: 1);
        Assert.Equal([0.1f, -0.2f, 0.3f, .. new float[Mixed.SlotCount - 3]], IntegratedGradients<float>.CentreOf(model));
        Assert.Equal(
            [2f, 5f, float.NaN], IntegratedGradients<float>.MeanOf(
                new RowBlocks<float>([1, 4, float.NaN, 3, float.NaN, float.NaN, float.NaN, 6, float.NaN], 3)));
    }

    /// <summary>With all parts, and with other parameters in every network.</summary>
    private static Model<float> RandomModel(OutputLink link, Activation activation, int networkCount)
    {
        var networks = new Network<float>[networkCount];
        for (int index = 0; index < networkCount; index++)
        {
            networks[index] = Network<float>.Create(
                Mixed.Inputs, [Layer.Dense(12, activation), Layer.Dense(7, activation), Layer.Dense(2)], seed: 5 + index);
            InputEncoder<float> encoder = networks[index].Encoder!;
            GemmChecks.Random<float>(2, seed: 30 + index).CopyTo(encoder.MissingValues);
            GemmChecks.Random<float>(3, seed: 40 + index).CopyTo(encoder.Base(0));
            GemmChecks.Random<float>(2, seed: 50 + index).CopyTo(encoder.Base(1));
        }
        float[] factors = GemmChecks.Random<float>(Mixed.SparseCount, seed: 60);
        return new Model<float>(networks, new FeatureScaling<float>([0.1f, -0.2f, 0.3f], [2, 1, 3], 3), link)
        {
            Layout = Mixed.Layout,
            Middles = [0, 0, 0],
            SparseScaling = new FeatureScaling<float>(new float[Mixed.SparseCount], factors),
            Temperature = 0.8,
        };
    }

    private static Model<double> LinearModel()
    {
        var network = Network<double>.Create(Mixed.Inputs, [Layer.Dense(1)]);
        for (int input = 0; input < network.EncodedCount; input++)
            network.Layers[0].Weights[input] = input + 1;
        network.Layers[0].SparseWeights.Fill(0.1);
        network.Encoder!.MissingValues.Fill(10);
        network.Encoder.Base(0).Fill(3);
        for (int index = 0; index < 12; index++)
            network.Encoder.Table(0)[index] = index + 1;
        return new Model<double>(network) { Layout = Mixed.Layout };
    }

    private static double ScoreOf(Model<float> model, float[] row, int output)
    {
        using var predictor = new Predictor<float>(model);
        var outputs = new float[2];
        predictor.Predict(row, outputs);
        if (model.Link is OutputLink.Sigmoid or OutputLink.Identity)
            return outputs[output];
        model.Link.Apply<float>(outputs, 2);
        return model.Link == OutputLink.Exponential ? outputs[output] : Math.Log(outputs[output] / (outputs.Sum() - outputs[output]));
    }
}
