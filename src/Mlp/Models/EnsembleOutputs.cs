using System.Numerics;
using Mlp.Losses;

namespace Mlp.Models;

/// <summary>Averages the predictions of a model's networks and gives the mean in the form of outputs; applies offsets, temperature and
/// range.</summary>
/// <remarks>In double, value by value: the bits of a row do not depend on the other rows.</remarks>
internal sealed class EnsembleOutputs<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly OutputLink _link;
    private readonly int _networkCount, _outputCount;
    private readonly double _temperature;
    private readonly TargetRange<T>? _range;
    private readonly double[] _sums, _complements, _row;

    /// <param name="link">What the networks' outputs are.</param>
    /// <param name="networkCount">How many there are to be averaged.</param>
    /// <param name="outputCount">Outputs of a row.</param>
    /// <param name="maxRowCount">Rows at a time.</param>
    /// <param name="temperature">As <see cref="Model{T}.Temperature"/>.</param>
    /// <param name="range">As <see cref="Model{T}.Range"/>.</param>
    public EnsembleOutputs(OutputLink link, int networkCount, int outputCount, int maxRowCount, double temperature, TargetRange<T>? range)
    {
        (_link, _networkCount, _outputCount, _temperature, _range) = (link, networkCount, outputCount, temperature, range);
        int length = networkCount == 1 ? 0 : maxRowCount * outputCount;
        _sums = new double[length];
        _complements = new double[link == OutputLink.Sigmoid ? length : 0];
        _row = new double[link == OutputLink.Softmax ? outputCount : 0];
    }

    /// <summary>The mean of the networks' <see cref="Network{T}.OutputOffsets"/>; empty for none.</summary>
    public double[] Offsets { get; set; } = [];

    /// <summary>Whether a model's outputs are something else than what the last layer of its only network gives.</summary>
    public static bool AreNeededFor(Model<T> model) =>
        model.Networks.Count > 1 || model.Network.OutputOffsets.Count > 0 || model.Range is not null
        || (model.Temperature != 1 && model.Link is OutputLink.Sigmoid or OutputLink.Softmax);

    public void Start()
    {
        Array.Clear(_sums);
        Array.Clear(_complements);
    }

    /// <summary>Adds one network's outputs [rows x outputs].</summary>
    public void Add(ReadOnlySpan<T> outputs)
    {
        if (_networkCount == 1)
            return;
        switch (_link)
        {
            case OutputLink.Identity:
                for (int index = 0; index < outputs.Length; index++)
                    _sums[index] += double.CreateTruncating(outputs[index]);
                break;
            case OutputLink.Exponential:
                for (int index = 0; index < outputs.Length; index++)
                    _sums[index] += Math.Exp(Logit(outputs[index]));
                break;
            case OutputLink.Sigmoid:
                for (int index = 0; index < outputs.Length; index++)
                {
                    double logit = Logit(outputs[index]);
                    _sums[index] += 1 / (1 + Math.Exp(-logit));
                    // 1 − p, without what the difference would lose.
                    _complements[index] += 1 / (1 + Math.Exp(logit));
                }
                break;
            default:
                for (int start = 0; start < outputs.Length; start += _outputCount)
                    AddClasses(outputs.Slice(start, _outputCount), _sums.AsSpan(start, _outputCount));
                break;
        }
    }

    /// <summary>The mean of what was added.</summary>
    /// <param name="outputs">[rows x outputs]; with a single network its outputs on entry, otherwise overwritten.</param>
    public void Finish(Span<T> outputs)
    {
        for (int index = 0; index < outputs.Length; index++)
        {
            double output = _networkCount == 1 ? double.CreateTruncating(outputs[index]) : _link switch
            {
                OutputLink.Identity => _sums[index] / _networkCount,
                OutputLink.Sigmoid => Math.Log(_sums[index] / _complements[index]),
                _ => Math.Log(_sums[index] / _networkCount),
            };
            if (_link is OutputLink.Sigmoid or OutputLink.Softmax)
                output /= _temperature;
            if (Offsets.Length > 0)
                output += Offsets[index % Offsets.Length];
            outputs[index] = T.CreateTruncating(output);
        }
        _range?.Apply(outputs);
    }

    private static double Logit(T output) =>
        Math.Clamp(double.CreateTruncating(output), -LogitBound.Largest, LogitBound.Largest);

    /// <summary>sums += e^oₖ / Σ e^o.</summary>
    private void AddClasses(ReadOnlySpan<T> outputs, Span<double> sums)
    {
        double max = double.NegativeInfinity, sum = 0;
        foreach (T output in outputs)
            max = Math.Max(max, double.CreateTruncating(output));
        for (int index = 0; index < outputs.Length; index++)
        {
            _row[index] = Math.Exp(Math.Max(double.CreateTruncating(outputs[index]) - max, -LogitBound.Largest));
            sum += _row[index];
        }
        for (int index = 0; index < outputs.Length; index++)
            sums[index] += _row[index] / sum;
    }
}
