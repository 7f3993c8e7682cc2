using System.Numerics;
using Mlp.Data;
using Mlp.Models.Intervals;

namespace Mlp.Training.Intervals;

/// <summary>
/// Small networks that learn of a row's features how far its label may lie below and above the prediction: quantiles of the distances on
/// rows that the predicting networks did not see.
/// </summary>
/// <remarks>Each holds a part of these rows out, too: what it says of them is as honest as what they will say of a new row. Quantiles are
/// learnt by the pinball loss (Koenker and Bassett 1978), of distances below and above alike.</remarks>
internal static class ScaleTraining
{
    /// <summary>Fewer rows say little of how widths differ.</summary>
    public const int LeastRowCount = 150;

    // Chosen on parts of the training rows: docs/intervals.md.
    private const int NetworkCount = 5, UnitCount = 64, BatchSize = 64, EpochCount = 24, Patience = 4;
    private const double LearningRate = 0.004, DropoutRate = 0.1, LargestQuantile = 0.95;
    private static readonly double[] Strengths = [1, 0.75, 0.5, 0.25];

    /// <summary>What was learnt.</summary>
    /// <param name="Networks">None where widths are best the same for all rows.</param>
    /// <param name="HeldOut">Scales of the rows: [rows x targets x 2], the lower side first.</param>
    /// <param name="Largest">Of these.</param>
    public sealed record Result<T>(IReadOnlyList<Network<T>> Networks, double[] HeldOut, double Largest)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <param name="rows">Distances.</param>
    /// <param name="indices">Of the same rows among those of the features.</param>
    /// <param name="features">Of the rows.</param>
    /// <param name="level">Whose intervals the scales are best for.</param>
    /// <param name="settings">Seed, threads and cancellation.</param>
    public static Result<T> Fit<T>(
        IntervalRows rows, int[] indices, FeatureAccess<T> features, double level, TrainingSettings settings)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int sideCount = 2 * rows.TargetCount;
        double quantile = Math.Min((1 + level) / 2, LargestQuantile);
        double[] units = UnitsOf(rows, quantile);
        var ones = new double[rows.RowCount * sideCount];
        Array.Fill(ones, 1);
        if (rows.RowCount < LeastRowCount || units.All(unit => unit == 0))
            return new Result<T>([], ones, 1);

        // Of a network that says 0 everywhere scales are 1: distances in units of their own quantile, less 1.
        var targets = new T[features.RowCount * sideCount];
        for (int row = 0; row < indices.Length; row++)
        {
            for (int side = 0; side < sideCount; side++)
            {
                double unit = units[side];
                targets[indices[row] * sideCount + side] = unit == 0 ? T.Zero
                    : T.CreateTruncating(rows.Distance(row, side / 2, side % 2) / unit - 1);
            }
        }
        var source = new SelectedRows<T>(features.ToSource(new RowBlocks<T>(targets, sideCount)), indices);
        EnsembleResult<T> result = EnsembleTraining.Fit(
            (_, seed) => Network<T>.Create(features.Inputs, Layers(sideCount), seed), source, validation: null, [],
            SettingsOf(settings, quantile),
            new EnsembleSettings { NumberOfNetworks = NetworkCount, ValidationFraction = 1.0 / NetworkCount, KeepsHeldOutOutputs = true });
        var outputs = new double[rows.RowCount * sideCount];
        for (int place = 0; place < result.HeldOut!.RowCount; place++)
        {
            for (int side = 0; side < sideCount; side++)
                outputs[result.HeldOut.RowIndices[place] * sideCount + side] =
                    double.CreateTruncating(result.HeldOut.Outputs[place * sideCount + side]);
        }
        double[] strengths = [.. Enumerable.Range(0, rows.TargetCount).Select(target => FindStrength(rows, outputs, units, target, level))];
        if (strengths.All(strength => strength == 0))
            return new Result<T>([], ones, 1);
        double[] scales = [.. outputs.Select((output, index) => Scale(output, strengths[index % sideCount / 2]))];
        foreach (Network<T> network in result.Networks)
            Fold(network, strengths);
        return new Result<T>(result.Networks, scales, scales.Max());
    }

    private static double Scale(double output, double strength) => Math.Max(IntervalModel<double>.LeastScale, 1 + strength * output);

    /// <summary>How much of what the networks say is used: 0 for none. By the score of Winkler 1972, which rewards widths that fit each row
    /// and not only all of them together.</summary>
    private static double FindStrength(IntervalRows rows, double[] outputs, double[] units, int target, double level)
    {
        if (units[2 * target] == 0 && units[2 * target + 1] == 0)
            return 0;
        double best = 0, least = Score(0);
        foreach (double strength in Strengths)
        {
            double score = Score(strength);
            if (score < least)
                (best, least) = (strength, score);
        }
        return best;

        double Score(double strength)
        {
            double sum = 0;
            var (ratios, weights) = (new double[rows.RowCount], new double[rows.RowCount]);
            for (int side = 0; side < 2; side++)
            {
                int place = 2 * target + side;
                for (int row = 0; row < rows.RowCount; row++)
                    ratios[row] = rows.Distance(row, target, side) / ScaleOf(row, place);
                rows.Weights.CopyTo(weights, 0);
                double factor = Math.Max(0, WeightedQuantile.Conformal(ratios, weights, (1 + level) / 2));
                for (int row = 0; row < rows.RowCount; row++)
                {
                    double width = factor * ScaleOf(row, place);
                    sum += rows.Weights[row] * (width + 2 / (1 - level) * Math.Max(0, rows.Distance(row, target, side) - width));
                }
            }
            return sum;

            double ScaleOf(int row, int place) => Scale(outputs[row * 2 * rows.TargetCount + place], strength);
        }
    }

    /// <summary>The quantile of the distances on each side of each target; a side that has none, or hardly any, gets a part of that of both
    /// sides. 0 where half of the distances are 0.</summary>
    private static double[] UnitsOf(IntervalRows rows, double quantile)
    {
        var units = new double[2 * rows.TargetCount];
        var (values, weights) = (new double[rows.RowCount], new double[rows.RowCount]);
        for (int target = 0; target < rows.TargetCount; target++)
        {
            double least = 0.1 * Quantile(target, row => Math.Abs(rows.Distance(row, target, 1)));
            for (int side = 0; side < 2; side++)
                units[2 * target + side] = Math.Max(least, Quantile(target, row => rows.Distance(row, target, side)));
        }
        return units;

        double Quantile(int target, Func<int, double> valueOf)
        {
            for (int row = 0; row < values.Length; row++)
                values[row] = valueOf(row);
            rows.Weights.CopyTo(weights, 0);
            double found = WeightedQuantile.Conformal(values, weights, quantile);
            return double.IsInfinity(found) ? values[^1] : found;
        }
    }

    private static Layer[] Layers(int outputCount)
    {
        DenseLayerDescription hidden = Layer.Dense(UnitCount, Activation.Relu) with
        {
            WeightInitializer = Initializer.LeCunNormal,
            BiasInitializer = Initializer.Normal(1),
        };
        return
        [
            hidden, hidden,
            Layer.Dense(outputCount) with { WeightInitializer = Initializer.Zero, BiasInitializer = Initializer.Zero },
        ];
    }

    private static TrainingSettings SettingsOf(TrainingSettings settings, double quantile) => new()
    {
        Loss = Loss.Quantile(quantile),
        Optimizer = new Adam { Beta2 = 0.95, LearningRate = LearningRate },
        Schedule = new CosineAnnealing(),
        BatchSize = BatchSize,
        NumberOfEpochs = EpochCount,
        DropoutRates = [DropoutRate],
        EarlyStopping = new EarlyStopping { Patience = Patience },
        CategoryDropoutRate = settings.CategoryDropoutRate,
        Seed = settings.Seed,
        NumberOfThreads = settings.NumberOfThreads,
        CancellationToken = settings.CancellationToken,
        StepCallback = settings.StepCallback,
    };

    /// <summary>Has a network give 1 + strength · o where it gave o.</summary>
    private static void Fold<T>(Network<T> network, double[] strengths)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        DenseLayer<T> last = network.Layers[^1];
        int inputCount = last.InputCount;
        Span<T> weights = last.Weights, biases = last.Biases;
        for (int unit = 0; unit < biases.Length; unit++)
        {
            var strength = T.CreateTruncating(strengths[unit / 2]);
            foreach (ref T weight in weights.Slice(unit * inputCount, inputCount))
                weight *= strength;
            biases[unit] = biases[unit] * strength + T.One;
        }
    }
}
