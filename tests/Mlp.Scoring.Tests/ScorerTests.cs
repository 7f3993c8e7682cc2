namespace Mlp.Scoring.Tests;

/// <summary>Outputs have the bits of the engine's <see cref="Predictor{T}"/>.</summary>
public class ScorerTests
{
    public static TheoryData<Activation, bool> Activations =>
        [.. Enum.GetValues<Activation>().SelectMany(activation => new[] { false, true }.Select(waves => (activation, waves)))];

    [Theory]
    [MemberData(nameof(Activations))]
    public void Score_HasTheBitsOfTheEngine(Activation activation, bool hasWaves)
    {
        foreach ((int networks, OutputLink link, int outputs) in new[]
        {
            (1, OutputLink.Identity, 1), (3, OutputLink.Sigmoid, 1), (2, OutputLink.Softmax, 7), (3, OutputLink.Exponential, 2),
            (1, OutputLink.Softmax, 33),
        })
        {
            foreach (int inputs in new[] { 1, 5, 28 })
                Compare(EngineModels.Create(inputs, networks, [75, 20], activation, link, outputs, hasWaves));
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData(3f)]
    public void Score_OfSkewedNumbers_AndOfBins(float? limit) => Compare(EngineModels.WithBinsAndCurves(limit));

    [Fact]
    public void Score_OfOneLayer() =>
        Compare(EngineModels.Create(9, 1, [], Activation.Relu, OutputLink.Identity, outputs: 3, hasWaves: false));

    [Fact]
    public async Task Score_OnManyThreads_HasTheSameBits()
    {
        Model<float> model = EngineModels.Create(28, 3, [40], Activation.Relu, OutputLink.Sigmoid, outputs: 1, hasWaves: true);
        Scorer scorer = EngineModels.ScorerOf(model);
        float[] features = Features(28, rowCount: 64);
        float[] expected = Predict(model, features);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (int row = 0; row < expected.Length; row++)
                Assert.Equal([expected[row]], ScoreOne(scorer, features.AsSpan(row * 28, 28)));
        })));
    }

    [Fact]
    public void Rows_BeyondTheRoom_AreRefused()
    {
        Scorer scorer = EngineModels.ScorerOf(
            EngineModels.Create(2, 1, [], Activation.Relu, OutputLink.Identity, outputs: 1, hasWaves: false));
        ScoringRows rows = scorer.Rent();
        rows.Add();
        Assert.StartsWith("There are 1 rows, as many as fit.", Assert.Throws<InvalidOperationException>(rows.Add).Message);
    }

    private static void Compare(Model<float> model)
    {
        Scorer scorer = EngineModels.ScorerOf(model);
        int outputCount = model.Network.OutputCount, rowCount = 2 * Scorer.BatchRowCount / 3;
        float[] features = Features(model.FeatureCount, rowCount), expected = Predict(model, features);
        ScoringRows rows = scorer.Rent(rowCount);
        for (int row = 0; row < rowCount; row++)
        {
            rows.Add();
            rows.Set(0, features.AsSpan(row * model.FeatureCount, model.FeatureCount));
        }
        rows.Score();
        for (int row = 0; row < rowCount; row++)
        {
            float[] wanted = expected[(row * outputCount)..((row + 1) * outputCount)];
            Assert.Equal(wanted.Select(BitConverter.SingleToInt32Bits), rows.Outputs(row).ToArray().Select(BitConverter.SingleToInt32Bits));
            float[] one = ScoreOne(scorer, features.AsSpan(row * model.FeatureCount, model.FeatureCount));
            Assert.Equal(wanted.Select(BitConverter.SingleToInt32Bits), one.Select(BitConverter.SingleToInt32Bits));
        }
    }

    private static float[] ScoreOne(Scorer scorer, ReadOnlySpan<float> features)
    {
        ScoringRows rows = scorer.Rent();
        rows.Add();
        rows.Set(0, features);
        rows.Score();
        float[] outputs = rows.Outputs(0).ToArray();
        scorer.Return(rows);
        return outputs;
    }

    private static float[] Predict(Model<float> model, float[] features)
    {
        float[] outputs = new float[features.Length / model.FeatureCount * model.Network.OutputCount];
        using var predictor = new Predictor<float>(model);
        predictor.Predict(features, outputs);
        return outputs;
    }

    private static float[] Features(int count, int rowCount)
    {
        var random = new Random(2);
        return [.. Enumerable.Range(0, count * rowCount).Select(_ =>
            (float)(random.NextDouble() * 10 - 5) * (random.Next(9) == 0 ? 1e20f : 1))];
    }
}
