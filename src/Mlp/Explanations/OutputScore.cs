using Mlp.Losses;
using Mlp.Models;

namespace Mlp.Explanations;

/// <summary>The score of one output, from the outputs of all networks of a model, and its slopes by them.</summary>
/// <remarks>
/// Sigmoid: the logit of the mean probability, divided by the temperature. Softmax: log(p / (1 − p)) of a class's probability p. Otherwise
/// the mean value, within the model's range. The mean is that of <see cref="EnsembleOutputs{T}"/>, which predictions have, too.
/// </remarks>
internal sealed class OutputScore(Model<double> model)
{
    private readonly int _networkCount = model.Networks.Count, _outputCount = model.Network.OutputCount;
    private readonly EnsembleOutputs<double> _ensemble =
        new(model.Link, model.Networks.Count, model.Network.OutputCount, maxRowCount: 1, model.Temperature, model.Range);
    private readonly double[] _mean = new double[model.Network.OutputCount];
    private readonly double[] _probabilities = new double[model.Networks.Count * model.Network.OutputCount],
        _sums = new double[model.Network.OutputCount];

    /// <param name="outputs">[networks x outputs] of a row.</param>
    /// <param name="output">Which one.</param>
    /// <param name="slopes">∂score/∂outputs, overwritten.</param>
    public double Evaluate(ReadOnlySpan<double> outputs, int output, Span<double> slopes)
    {
        slopes.Clear();
        _ensemble.Start();
        for (int start = 0; start < outputs.Length; start += _outputCount)
            _ensemble.Add(outputs.Slice(start, _outputCount));
        outputs[.._outputCount].CopyTo(_mean);
        _ensemble.Finish(_mean);
        return model.Link switch
        {
            OutputLink.Sigmoid => Logit(outputs, output, slopes),
            OutputLink.Softmax => LogOdds(outputs, output, slopes),
            _ => Value(outputs, output, slopes),
        };
    }

    /// <summary>With z = log(P / Q), P and Q the means of p and 1 − p over n networks: ∂z/∂oᵢ = pᵢ (1 − pᵢ) (1/P + 1/Q) / n.</summary>
    private double Logit(ReadOnlySpan<double> outputs, int output, Span<double> slopes)
    {
        if (_networkCount == 1)
        {
            slopes[output] = 1 / model.Temperature;
            return _mean[output];
        }
        double mean = Sigmoid(_mean[output] * model.Temperature), complement = Sigmoid(-_mean[output] * model.Temperature);
        for (int index = output; index < outputs.Length; index += _outputCount)
        {
            double logit = Math.Clamp(outputs[index], -LogitBound.Largest, LogitBound.Largest);
            double slope = Sigmoid(logit) * Sigmoid(-logit) / _networkCount;
            slopes[index] = (slope / mean + slope / complement) / model.Temperature;
        }
        return _mean[output];

        static double Sigmoid(double logit) => 1 / (1 + Math.Exp(-logit));
    }

    /// <summary>With lⱼ = log(mean of pⱼ) / temperature: lₖ − log Σ of the others' e^lⱼ.</summary>
    private double LogOdds(ReadOnlySpan<double> outputs, int output, Span<double> slopes)
    {
        Array.Clear(_sums);
        outputs.CopyTo(_probabilities);
        OutputLink.Softmax.Apply<double>(_probabilities, _outputCount);
        for (int index = 0; index < outputs.Length; index++)
            _sums[index % _outputCount] += _probabilities[index];
        double largest = double.NegativeInfinity, others = 0;
        for (int other = 0; other < _outputCount; other++)
        {
            if (other != output)
                largest = Math.Max(largest, _mean[other]);
        }
        for (int other = 0; other < _outputCount; other++)
            others += other == output ? 0 : Math.Exp(_mean[other] - largest);
        double score = _mean[output] - largest - Math.Log(others);

        // ∂score/∂lⱼ takes the place of lⱼ.
        for (int other = 0; other < _outputCount; other++)
            _mean[other] = other == output ? 1 : -Math.Exp(_mean[other] - largest) / others;
        for (int start = 0; start < outputs.Length; start += _outputCount)
            AddSlopes(start, slopes);
        return score;
    }

    /// <summary>With rⱼ the network's share in the sum of the pⱼ: ∂lⱼ/∂oᵢ = rⱼ (δᵢⱼ − pᵢ) / temperature.</summary>
    private void AddSlopes(int start, Span<double> slopes)
    {
        double weighted = 0;
        for (int other = 0; other < _outputCount; other++)
            weighted += _mean[other] * Share(start, other);
        for (int other = 0; other < _outputCount; other++)
            slopes[start + other] = (_mean[other] * Share(start, other) - _probabilities[start + other] * weighted) / model.Temperature;
    }

    private double Share(int start, int output) =>
        _networkCount == 1 ? 1 : _sums[output] == 0 ? 0 : _probabilities[start + output] / _sums[output];

    private double Value(ReadOnlySpan<double> outputs, int output, Span<double> slopes)
    {
        bool isLogarithm = model.Link == OutputLink.Exponential;
        double mean = isLogarithm ? Math.Exp(_mean[output]) : _mean[output];
        // At a bound of the range the score no longer moves.
        if (model.Range is { } range && (mean <= range.Minima[output] || mean >= range.Maxima[output]))
            return mean;
        for (int index = output; index < outputs.Length; index += _outputCount)
        {
            double value = isLogarithm
                ? Math.Exp(Math.Clamp(outputs[index], -LogitBound.Largest, LogitBound.Largest)) : 1;
            slopes[index] = value / _networkCount;
        }
        return mean;
    }
}
