using Mlp.Activations;

namespace Mlp.TestSupport;

/// <summary>How far two computations of a model in single precision may lie apart, by the numbers of the model and the row.</summary>
/// <remarks>
/// A rounding is taken for an error of at most u = 2⁻²⁴ of what is rounded, zero in the mean and independent of the others (Higham and
/// Mary 2019, A New Approach to Probabilistic Rounding Error Analysis). Variances are carried through the network:
/// v(Σ wx + b) = Σ w² v(x) + u² (K + 1) (Σ (wx)² + b²) for K products, v(f(z)) = max |f′|² v(z) + (2u)² (1 + z²). Two computations differ
/// by less than eight standard deviations of their difference.
/// </remarks>
public sealed class RoundingErrors
{
    /// <summary>The unit roundoff of single precision.</summary>
    public const double Unit = 1.0 / (1 << 24);

    private const double StandardDeviations = 8;

    private readonly Model<float> _model;

    private RoundingErrors(Model<float> model) => _model = model;

    /// <summary>The largest difference to be expected of each output before the link.</summary>
    /// <param name="model">The model.</param>
    /// <param name="features">Row-major, rows x inputs.</param>
    /// <param name="featureErrors">What the features may differ by already, as they do; null for nothing.</param>
    /// <returns>Row-major, rows x outputs.</returns>
    public static double[] OfOutputs(Model<float> model, ReadOnlySpan<float> features, ReadOnlySpan<double> featureErrors = default)
    {
        var errors = new RoundingErrors(model);
        int inputs = model.Network.InputCount;
        var result = new List<double>();
        for (int start = 0; start < features.Length; start += inputs)
        {
            var row = new Number[inputs];
            for (int index = 0; index < inputs; index++)
            {
                double error = featureErrors.IsEmpty ? 0 : featureErrors[start + index] / StandardDeviations;
                row[index] = new Number(features[start + index], error * error);
            }
            // Two computations, each with such errors.
            result.AddRange(errors.Outputs(row).Select(output => StandardDeviations * Math.Sqrt(2 * output.Variance)));
        }
        return [.. result];
    }

    private Number[] Outputs(Number[] row)
    {
        Number[] scaled = _model.Scaling is null ? row : Scale(_model.Scaling, row);
        Number[][] members = [.. _model.Networks.Select(network => Outputs(network, scaled))];
        Number[] outputs = members.Length == 1 ? members[0] : Mean(members);
        double temperature = _model.Link is OutputLink.Sigmoid or OutputLink.Softmax ? _model.Temperature : 1;
        return [.. outputs.Select(output => output.Through(output.Value / temperature, slope: 1 / temperature, roundings: 1))];
    }

    /// <summary>(x − offset) · factor; the smooth clip makes it no larger and no steeper.</summary>
    private static Number[] Scale(FeatureScaling<float> scaling, Number[] row)
    {
        var result = new Number[row.Length];
        for (int index = 0; index < row.Length; index++)
        {
            double factor = scaling.Factors[index], z = (row[index].Value - scaling.Offsets[index]) * factor;
            double value = scaling.Limit is float limit ? z / Math.Sqrt(1 + z / limit * (z / limit)) : z;
            result[index] = row[index].Through(value, factor, roundings: 8);
        }
        return result;
    }

    private static Number[] Outputs(Network<float> network, Number[] inputs)
    {
        Number[] values = network.Embedding is null ? inputs : [.. inputs, .. Embed(network.Embedding, inputs)];
        foreach (DenseLayer<float> layer in network.Layers)
        {
            var sums = new Number[layer.UnitCount];
            for (int unit = 0; unit < sums.Length; unit++)
            {
                ReadOnlySpan<float> weights = layer.Weights.Slice(unit * layer.InputCount, layer.InputCount);
                sums[unit] = Sum(weights, values, layer.BiasTensor is null ? 0 : layer.Biases[unit]);
            }
            values = Activate(layer.Activation, sums);
        }
        return values;
    }

    private static Number[] Activate(Activation activation, Number[] sums)
    {
        if (activation == Activation.Identity)
            return sums;
        var values = new double[sums.Length];
        ActivationKernel<double>.Of(activation).Apply(sums.Select(sum => sum.Value).ToArray(), values);
        // The steepest of all is Selu, with scale · alpha below zero.
        return [.. sums.Select((sum, unit) => new Number(
            values[unit], 1.76 * 1.76 * sum.Variance + 4 * Unit * Unit * (1 + sum.Value * sum.Value)))];
    }

    /// <summary>W · cos(2π(w x + b)) + c of each column.</summary>
    private static IEnumerable<Number> Embed(PeriodicEmbedding<float> embedding, Number[] inputs)
    {
        (int frequencies, int outputs) = (embedding.FrequencyCount, embedding.OutputsPerColumn);
        for (int column = 0; column < embedding.Columns.Count; column++)
        {
            var waves = new Number[frequencies];
            for (int index = 0; index < frequencies; index++)
            {
                int place = column * frequencies + index;
                Number turns = Sum([embedding.Frequencies[place]], [inputs[embedding.Columns[column]]], embedding.Phases[place]);
                // An angle is up to π, rounded twice; its cosine once more.
                waves[index] = new Number(Math.Cos(Math.Tau * turns.Value), Math.Tau * Math.Tau * turns.Variance + 21 * Unit * Unit);
            }
            for (int output = column * outputs; output < (column + 1) * outputs; output++)
                yield return Sum(embedding.Weights.Slice(output * frequencies, frequencies), waves, embedding.Biases[output]);
        }
    }

    /// <summary>The mean of values or of probabilities: no output moves by more than twice what the outputs of the networks do.</summary>
    private static Number[] Mean(Number[][] members)
    {
        double variance = 4 * members.Max(outputs => outputs.Max(output => output.Variance));
        double largest = members.Max(outputs => outputs.Max(output => Math.Abs(output.Value)));
        return [.. members[0].Select((_, index) => new Number(
            members.Average(outputs => outputs[index].Value), variance + 16 * Unit * Unit * (1 + largest * largest)))];
    }

    private static Number Sum(ReadOnlySpan<float> weights, ReadOnlySpan<Number> values, double bias)
    {
        double sum = bias, squares = bias * bias, variance = 0;
        for (int index = 0; index < weights.Length; index++)
        {
            double weight = weights[index], product = weight * values[index].Value;
            sum += product;
            squares += product * product;
            variance += weight * weight * values[index].Variance;
        }
        return new Number(sum, variance + Unit * Unit * (weights.Length + 1) * squares);
    }

    private readonly record struct Number(double Value, double Variance)
    {
        /// <summary>A function of it: its value, its steepest slope, and as many roundings of the value.</summary>
        public Number Through(double value, double slope, int roundings) =>
            new(value, slope * slope * Variance + roundings * Unit * Unit * value * value);
    }
}
