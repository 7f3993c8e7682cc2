using Mlp.Activations;
using Mlp.Data;

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
    private readonly FeatureLayout _layout;
    private readonly FeatureEncoder<float> _encoder;

    private RoundingErrors(Model<float> model)
    {
        _model = model;
        _layout = model.Layout ?? FeatureLayout.Dense(model.FeatureCount);
        _encoder = new FeatureEncoder<float>(_layout);
    }

    /// <summary>The largest difference to be expected of each output before the link.</summary>
    /// <param name="model">The model.</param>
    /// <param name="features">Row-major, rows x features.</param>
    /// <param name="featureErrors">What the features may differ by already, as they do; null for nothing.</param>
    /// <returns>Row-major, rows x outputs.</returns>
    public static double[] OfOutputs(Model<float> model, ReadOnlySpan<float> features, ReadOnlySpan<double> featureErrors = default)
    {
        var errors = new RoundingErrors(model);
        int inputs = model.FeatureCount;
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
        // Which flags hold what is no question of rounding.
        _encoder.Encode(row.Select(value => (float)value.Value).ToArray());
        Number[] numbers = [.. _layout.NumberSlots.Select(slot => row[slot])];
        Number[] scaled = _model.Scaling is null ? numbers : Scale(_model.Scaling, numbers);
        for (int index = 0; index < scaled.Length && _model.Middles is { } middles; index++)
        {
            if (double.IsNaN(scaled[index].Value) && !_model.Network.Inputs.MissingColumns.Contains(index))
                scaled[index] = new Number(middles[index], 0);
        }
        Number[] slots = [.. _layout.SparseSlots.Select(slot => double.IsNaN(row[slot].Value) ? default : row[slot])];
        if (_model.SparseScaling is not null)
            slots = Scale(_model.SparseScaling, slots);
        int[] categories = [.. _encoder.Categories];
        Number[][] members = [.. _model.Networks.Select(network => Outputs(network, Encode(network, scaled, categories), slots))];
        Number[] outputs = members.Length == 1 ? members[0] : Mean(members);
        double temperature = _model.Link is OutputLink.Sigmoid or OutputLink.Softmax ? _model.Temperature : 1;
        return [.. outputs.Select(output => output.Through(output.Value / temperature, slope: 1 / temperature, roundings: 1))];
    }

    /// <summary>[numbers | indicators | embeddings].</summary>
    private static Number[] Encode(Network<float> network, Number[] numbers, int[] categories)
    {
        if (network.Encoder is not { } encoder)
            return numbers;
        IReadOnlyList<int> columns = network.Inputs.MissingColumns;
        List<Number> row = [.. numbers, .. columns.Select(column => new Number(double.IsNaN(numbers[column].Value) ? 1 : 0, 0))];
        for (int index = 0; index < columns.Count; index++)
        {
            if (double.IsNaN(row[columns[index]].Value))
                row[columns[index]] = new Number(encoder.MissingValues[index], 0);
        }
        for (int category = 0; category < categories.Length; category++)
        {
            int width = encoder.Base(category).Length, first = (categories[category] - 1) * width;
            for (int index = 0; index < width; index++)
            {
                double value = encoder.Base(category)[index] + (first < 0 ? 0.0 : encoder.Table(category)[first + index]);
                row.Add(new Number(value, 0).Through(value, slope: 0, roundings: 1));
            }
        }
        return [.. row];
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

    private static Number[] Outputs(Network<float> network, Number[] inputs, Number[] slots)
    {
        Number[] values = network.Embedding is null ? inputs : [.. inputs, .. Embed(network.Embedding, inputs)];
        foreach (DenseLayer<float> layer in network.Layers)
        {
            var sums = new Number[layer.UnitCount];
            for (int unit = 0; unit < sums.Length; unit++)
            {
                // What is 0 adds no rounding.
                float[] weights = [.. layer.Weights.Slice(unit * layer.InputCount, layer.InputCount), .. SparseWeights(layer, unit, slots)];
                Number[] all = layer.SparseTensor is null ? values : [.. values, .. slots.Where(IsNotZero)];
                sums[unit] = Sum(weights, all, layer.BiasTensor is null ? 0 : layer.Biases[unit]);
            }
            values = Activate(layer.Activation, sums);
        }
        return values;
    }

    private static float[] SparseWeights(DenseLayer<float> layer, int unit, Number[] slots) => layer.SparseTensor is null
        ? [] : [.. Enumerable.Range(0, slots.Length).Where(slot => IsNotZero(slots[slot]))
            .Select(slot => layer.SparseWeights[slot * layer.UnitCount + unit])];

    private static bool IsNotZero(Number slot) => slot.Value != 0;

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
