using Mlp.Losses;

namespace Mlp.Explanations;

/// <summary>The score of one output, from the outputs of all networks of a model, and its slopes by them.</summary>
/// <remarks>
/// Sigmoid: the logit of the mean probability, divided by the temperature. Softmax: log(p / (1 − p)) of a class's probability p. Otherwise the
/// mean value, within the model's range.
/// </remarks>
internal sealed class OutputScore(Model<double> model)
{
    // As in EnsembleOutputs: beyond, a probability is 0 or 1 to the last bit.
    private const double LargestLogit = 700;

    private readonly int _networkCount = model.Networks.Count, _outputCount = model.Network.OutputCount;
    private readonly double[] _probabilities = new double[model.Networks.Count * model.Network.OutputCount];
    private readonly double[] _logarithms = new double[model.Network.OutputCount], _sums = new double[model.Network.OutputCount];

    /// <param name="outputs">[networks x outputs] of a row.</param>
    /// <param name="output">Which one.</param>
    /// <param name="slopes">∂score/∂outputs, overwritten.</param>
    public double Evaluate(ReadOnlySpan<double> outputs, int output, Span<double> slopes)
    {
        slopes.Clear();
        return model.Link switch
        {
            OutputLink.Sigmoid => Logit(outputs, output, slopes),
            OutputLink.Softmax => LogOdds(outputs, output, slopes),
            _ => Value(outputs, output, slopes),
        };
    }

    private double Logit(ReadOnlySpan<double> outputs, int output, Span<double> slopes)
    {
        if (_networkCount == 1)
        {
            slopes[output] = 1 / model.Temperature;
            return outputs[output] / model.Temperature;
        }
        double sum = 0, complements = 0;
        for (int index = output; index < outputs.Length; index += _outputCount)
        {
            double logit = Math.Clamp(outputs[index], -LargestLogit, LargestLogit);
            sum += 1 / (1 + Math.Exp(-logit));
            complements += 1 / (1 + Math.Exp(logit));
        }
        for (int index = output; index < outputs.Length; index += _outputCount)
        {
            double logit = Math.Clamp(outputs[index], -LargestLogit, LargestLogit);
            double slope = 1 / (1 + Math.Exp(-logit)) / (1 + Math.Exp(logit));
            slopes[index] = (slope / sum + slope / complements) / model.Temperature;
        }
        return Math.Log(sum / complements) / model.Temperature;
    }

    /// <summary>With lⱼ = log(mean of pⱼ) / temperature: lₖ − log Σ of the others' e^lⱼ.</summary>
    private double LogOdds(ReadOnlySpan<double> outputs, int output, Span<double> slopes)
    {
        Array.Clear(_sums);
        outputs.CopyTo(_probabilities);
        OutputLink.Softmax.Apply<double>(_probabilities, _outputCount);
        for (int index = 0; index < outputs.Length; index++)
            _sums[index % _outputCount] += _probabilities[index];
        double largest = double.NegativeInfinity;
        for (int other = 0; other < _outputCount; other++)
        {
            _logarithms[other] = (_networkCount == 1 ? outputs[other] : Math.Log(Math.Max(_sums[other], double.Epsilon))) / model.Temperature;
            if (other != output)
                largest = Math.Max(largest, _logarithms[other]);
        }
        double others = 0;
        for (int other = 0; other < _outputCount; other++)
            others += other == output ? 0 : Math.Exp(_logarithms[other] - largest);
        double score = _logarithms[output] - largest - Math.Log(others);

        // ∂score/∂lⱼ takes the place of lⱼ.
        for (int other = 0; other < _outputCount; other++)
            _logarithms[other] = other == output ? 1 : -Math.Exp(_logarithms[other] - largest) / others;
        for (int start = 0; start < outputs.Length; start += _outputCount)
            AddSlopes(start, slopes);
        return score;
    }

    /// <summary>With rⱼ the network's share in the sum of the pⱼ: ∂lⱼ/∂oᵢ = rⱼ (δᵢⱼ − pᵢ) / temperature.</summary>
    private void AddSlopes(int start, Span<double> slopes)
    {
        double weighted = 0;
        for (int other = 0; other < _outputCount; other++)
            weighted += _logarithms[other] * Share(start, other);
        for (int other = 0; other < _outputCount; other++)
            slopes[start + other] = (_logarithms[other] * Share(start, other) - _probabilities[start + other] * weighted) / model.Temperature;
    }

    private double Share(int start, int output) =>
        _networkCount == 1 ? 1 : _sums[output] == 0 ? 0 : _probabilities[start + output] / _sums[output];

    private double Value(ReadOnlySpan<double> outputs, int output, Span<double> slopes)
    {
        double sum = 0;
        for (int index = output; index < outputs.Length; index += _outputCount)
        {
            double value = model.Link == OutputLink.Exponential ? Math.Exp(Math.Clamp(outputs[index], -LargestLogit, LargestLogit)) : outputs[index];
            sum += value;
            slopes[index] = (model.Link == OutputLink.Exponential ? value : 1) / _networkCount;
        }
        double mean = sum / _networkCount;
        if (model.Range is not { } range || (mean >= range.Minima[output] && mean <= range.Maxima[output]) || double.IsNaN(mean))
            return mean;
        // Beyond the range the score no longer moves.
        slopes.Clear();
        return Math.Clamp(mean, range.Minima[output], range.Maxima[output]);
    }
}
