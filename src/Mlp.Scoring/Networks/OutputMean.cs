using Mlp.Losses;
using Mlp.Scoring.Files;

namespace Mlp.Scoring.Networks;

/// <summary>From the outputs of several networks to those of the model: their mean, in the form of outputs; temperature, offsets and
/// range.</summary>
/// <remarks>In double, as the engine has it.</remarks>
internal sealed class OutputMean
{
    private readonly int _networkCount, _outputCount;
    private readonly double _temperature;
    private readonly double[] _offsets;
    private readonly float[] _minima, _maxima;

    public OutputMean(WeightsReader reader, int outputCount)
    {
        _outputCount = outputCount;
        Link = reader.ReadName<LinkKind>("link");
        _temperature = reader.ReadDouble("temperature");
        if (!(_temperature > 0 && double.IsFinite(_temperature)))
            throw reader.Error($"the temperature {_temperature}, which is above 0,");
        _offsets = new double[reader.ReadInt32(0, 1, "flag of offsets") * outputCount];
        for (int index = 0; index < _offsets.Length; index++)
            _offsets[index] = reader.ReadDouble("offsets");
        int boundCount = reader.ReadInt32(0, 1, "flag of a range") * outputCount;
        (_minima, _maxima) = (reader.ReadFloats(boundCount, "minima"), reader.ReadFloats(boundCount, "maxima"));
        _networkCount = reader.ReadInt32(1, 1 << 16, "number of networks");
    }

    public LinkKind Link { get; }

    public int NetworkCount => _networkCount;

    /// <summary>Adds one network's outputs of a row.</summary>
    /// <param name="outputs">One row.</param>
    /// <param name="sums">Of the row.</param>
    /// <param name="complements">Of the row; used for logits.</param>
    public void Add(ReadOnlySpan<float> outputs, Span<double> sums, Span<double> complements)
    {
        switch (Link)
        {
            case LinkKind.Identity:
                for (int index = 0; index < outputs.Length; index++)
                    sums[index] += outputs[index];
                break;
            case LinkKind.Exponential:
                for (int index = 0; index < outputs.Length; index++)
                    sums[index] += Math.Exp(Clamp(outputs[index]));
                break;
            case LinkKind.Sigmoid:
                for (int index = 0; index < outputs.Length; index++)
                {
                    double logit = Clamp(outputs[index]);
                    sums[index] += 1 / (1 + Math.Exp(-logit));
                    // 1 − p, without what the difference would lose.
                    complements[index] += 1 / (1 + Math.Exp(logit));
                }
                break;
            default:
                AddClasses(outputs, sums, complements);
                break;
        }
    }

    /// <summary>The mean of what was added; of a single network its outputs as they are.</summary>
    /// <param name="outputs">Of a single network on entry; overwritten.</param>
    /// <param name="sums">Of the row.</param>
    /// <param name="complements">Of the row.</param>
    public void Finish(Span<float> outputs, ReadOnlySpan<double> sums, ReadOnlySpan<double> complements)
    {
        for (int index = 0; index < outputs.Length; index++)
        {
            double output = _networkCount == 1 ? outputs[index] : Link switch
            {
                LinkKind.Identity => sums[index] / _networkCount,
                LinkKind.Sigmoid => Math.Log(sums[index] / complements[index]),
                _ => Math.Log(sums[index] / _networkCount),
            };
            if (Link is LinkKind.Sigmoid or LinkKind.Softmax)
                output /= _temperature;
            if (_offsets.Length > 0)
                output += _offsets[index];
            outputs[index] = (float)output;
            if (_minima.Length == 0)
                continue;
            // Two comparisons, both false for NaN.
            if (outputs[index] < _minima[index])
                outputs[index] = _minima[index];
            else if (outputs[index] > _maxima[index])
                outputs[index] = _maxima[index];
        }
    }

    private static double Clamp(float output) => Math.Clamp((double)output, -LogitBound.Largest, LogitBound.Largest);

    /// <summary>sums += e^oₖ / Σ e^o.</summary>
    private void AddClasses(ReadOnlySpan<float> outputs, Span<double> sums, Span<double> exponentials)
    {
        double max = double.NegativeInfinity, sum = 0;
        foreach (float output in outputs)
            max = Math.Max(max, output);
        for (int index = 0; index < outputs.Length; index++)
        {
            exponentials[index] = Math.Exp(Math.Max(outputs[index] - max, -LogitBound.Largest));
            sum += exponentials[index];
        }
        for (int index = 0; index < outputs.Length; index++)
            sums[index] += exponentials[index] / sum;
    }
}
