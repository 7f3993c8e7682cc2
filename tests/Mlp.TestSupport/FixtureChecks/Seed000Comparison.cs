using System.Numerics;

namespace Mlp.TestSupport;

/// <summary>seed-000.json, gradientComparison: how far the article's rule is from the gradient.</summary>
public static class Seed000Comparison
{
    private static RuleComparison Fixture => Fixtures.Seed000.GradientComparison;

    internal static IEnumerable<FixtureCase> Cases() =>
    [
        new("seed-000", "the rule beside the gradient along both trajectories", Points<double>, Points<float>),
        new("seed-000", "the rule beside the gradient at 1000 random starts", RandomStarts<double>, RandomStarts<float>),
        new("seed-000", "the rule is the gradient with one hidden layer", OneHiddenLayer<double>, OneHiddenLayer<float>),
    ];

    private static void Points<T>(FixtureCheck check)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Network<T> network = Seed000Checks.CreateNetwork<T>();
        foreach (RulePoint point in Fixture.Points)
        {
            Seed000Checks.SetWeights(network, WeightsAt(point.At));
            // Late gradients are small differences of large terms, of which single precision leaves few digits.
            double tolerance = FixtureCheck.Allowed<T>(1e-9, Late(point.At) ? 5e-2 : 1e-3);
            RuleLayer[] layers = Compare(network, out double cosineAllLayers);
            check.Close($"{point.At}, cosine", cosineAllLayers, point.CosineAllLayers, tolerance);
            check.Close<double>(
                $"{point.At}, cosines", [.. layers.Select(each => each.Cosine)], [.. point.PerLayer.Select(each => each.Cosine)],
                tolerance);
            check.Close<double>(
                $"{point.At}, ratios", [.. layers.Select(each => each.NormRatioSeedOverTrue)],
                [.. point.PerLayer.Select(each => each.NormRatioSeedOverTrue)], tolerance);
            check.Close<double>(
                $"{point.At}, differences", [.. layers.Select(each => each.MaxAbsDifference)],
                [.. point.PerLayer.Select(each => each.MaxAbsDifference)],
                FixtureCheck.Allowed<T>(1e-12, Late(point.At) ? 1e-4 : 1e-5));
        }
    }

    private static void RandomStarts<T>(FixtureCheck check)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double tolerance = FixtureCheck.Allowed<T>(1e-12, 1e-4);
        Network<T> network = Seed000Checks.CreateNetwork<T>();
        var random = new MersenneTwister(seed: 1);
        var cosines = new double[1000];
        var layers = new RuleLayer[1000][];
        for (int draw = 0; draw < layers.Length; draw++)
        {
            foreach (ref T weight in network.Parameters.Values)
                weight = T.CreateChecked(random.NextDouble() - 0.5);
            layers[draw] = Compare(network, out cosines[draw]);
        }
        RuleDraws expected = Fixture.ThousandRandomInitialDraws;
        CompareSpread("cosine", cosines, expected.CosineAllLayers);
        for (int layer = 0; layer < expected.PerLayer.Length; layer++)
        {
            CompareSpread($"cosine of layer {layer}", [.. layers.Select(each => each[layer].Cosine)], expected.PerLayer[layer].Cosine);
            CompareSpread(
                $"ratio of layer {layer}", [.. layers.Select(each => each[layer].NormRatioSeedOverTrue)],
                expected.PerLayer[layer].NormRatioSeedOverTrue);
        }

        void CompareSpread(string what, double[] values, Spread spread)
        {
            Array.Sort(values);
            double median = (values[499] + values[500]) / 2;
            check.Close<double>(
                $"{what}: least, median, largest", [values[0], median, values[^1]], [spread.Min, spread.Median, spread.Max], tolerance);
        }
    }

    private static void OneHiddenLayer<T>(FixtureCheck check)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int[] sizes = Fixture.OneHiddenLayer.Sizes;
        var network = Network<T>.Create(
            sizes[0],
            [Layer.Dense(sizes[1], Activation.Sigmoid) with { HasBiases = false }, Layer.Dense(sizes[2]) with { HasBiases = false }]);
        var random = new MersenneTwister(seed: 2);
        foreach (ref T weight in network.Parameters.Values)
            weight = T.CreateChecked(random.NextDouble() - 0.5);
        foreach (RuleLayer layer in Compare(network, out _))
            check.Close(
                $"layer {layer.Layer}", layer.MaxAbsDifference, Fixture.OneHiddenLayer.MaxAbsDifference,
                FixtureCheck.Allowed<T>(1e-13, 1e-5));
    }

    /// <summary>The article's rule beside the engine's gradient, layer by layer.</summary>
    private static RuleLayer[] Compare<T>(Network<T> network, out double cosineAllLayers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var gradients = new T[network.Parameters.Length];
        Seed000Checks.Gradient(network, gradients);
        double[] engine = InDouble<T>(gradients), rule = InDouble(Seed000Checks.CreateRule(network).Compute());
        cosineAllLayers = Dot(rule, engine) / Math.Sqrt(Dot(rule, rule) * Dot(engine, engine));
        return [.. network.Layers.Select((layer, index) =>
        {
            ReadOnlySpan<double> ours = engine.AsSpan(layer.WeightTensor.Offset, layer.WeightTensor.Length);
            ReadOnlySpan<double> theirs = rule.AsSpan(layer.WeightTensor.Offset, layer.WeightTensor.Length);
            double largest = 0;
            for (int position = 0; position < ours.Length; position++)
                largest = Math.Max(largest, Math.Abs(ours[position] - theirs[position]));
            return new RuleLayer(
                index, Dot(theirs, ours) / Math.Sqrt(Dot(theirs, theirs) * Dot(ours, ours)),
                Math.Sqrt(Dot(theirs, theirs) / Dot(ours, ours)), largest);
        })];
    }

    private static bool Late(string at) => at.Split(' ') is [_, _, string epoch] && int.Parse(epoch) > 1000;

    private static IEnumerable<FixtureMatrix> WeightsAt(string point)
    {
        if (point.Split(' ') is not [string rule, _, string epoch])
            return Fixtures.Seed000.InitialWeights.Select(layer => layer.Weights);
        Seed000Rules rules = Fixtures.Seed000.Rules;
        return (rule == "seedRule" ? rules.SeedRule : rules.TrueGradient).WeightsAt.Single(each => each.Epoch == int.Parse(epoch)).Weights;
    }

    private static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        double sum = 0;
        for (int index = 0; index < left.Length; index++)
            sum += left[index] * right[index];
        return sum;
    }

    private static double[] InDouble<T>(ReadOnlySpan<T> values)
        where T : INumberBase<T> => [.. values.ToArray().Select(double.CreateChecked)];
}
