using Mlp.Tool.Output;

namespace Mlp.Tool.Training;

/// <summary>The progress of a training of several networks, computed from the results of its epochs.</summary>
/// <remarks>
/// A network has a maximum number of epochs, but stops when it no longer improves. The remaining work is estimated from the epochs of the
/// networks that have stopped, so the estimate improves with each of them. A refit trains for as many epochs as the best epoch of its first
/// training, or for a quarter of them where it continues that training.
/// </remarks>
/// <param name="firstCount">Trainings that are no refits, at least 1.</param>
/// <param name="refitCount">Refits of the first of them, which follow.</param>
/// <param name="refitsContinue">What to expect until a refit has reported: see <see cref="EnsembleSettings.RefitsContinue"/>.</param>
/// <param name="threadCount">Trainings at the same time, at most.</param>
/// <param name="metricName">What <see cref="EpochResult.ValidationMetric"/> is called.</param>
/// <param name="elapsedSeconds">Seconds since the training began.</param>
internal sealed class TrainingProgress(
    int firstCount, int refitCount, bool refitsContinue, int threadCount, string metricName, Func<double> elapsedSeconds) : IProgressText
{
    private readonly EpochResult?[] _last = new EpochResult?[firstCount + refitCount];
    private readonly (int Epoch, double Loss)[] _best = [.. Enumerable.Repeat((0, double.PositiveInfinity), firstCount + refitCount)];
    private readonly long[] _lastResultNumber = new long[firstCount + refitCount];
    private readonly bool[] _isOver = new bool[firstCount + refitCount];
    private long _resultCount;
    private int _maximum;
    private EpochResult? _newest;

    /// <summary>After each result.</summary>
    public Action? Changed { get; set; }

    /// <summary>From 0 to 1.</summary>
    public double Fraction { get; private set; }

    /// <summary>Null before the first epoch is over.</summary>
    public double? SecondsLeft { get; private set; }

    /// <summary>Which network, its epoch, its loss, the metric of its held-out rows and the time left: short enough for a line of 80
    /// characters with the bar.</summary>
    public string Description
    {
        get
        {
            if (_newest is not EpochResult result)
                return "reading the table";
            bool isRefit = result.NetworkIndex >= firstCount;
            (string part, int index, int count) = isRefit
                ? ("refit", result.NetworkIndex - firstCount, refitCount) : ("network", result.NetworkIndex, firstCount);
            string validation = result.ValidationMetric is double metric ? $", {metricName} {metric:G3}" : "";
            string left = SecondsLeft is double seconds ? $", {Figures.Time(seconds)} left" : "";
            return $"{part} {index + 1}/{count}, epoch {result.Epoch}: loss {result.Loss:G3}{validation}{left}";
        }
    }

    /// <summary>What a training that was ended early did not do: a sentence or two.</summary>
    public string CutShort
    {
        get
        {
            int begun = _last.Take(firstCount).Count(result => result is not null);
            int refits = _last.Skip(firstCount).Count(result => result is not null);
            string networks = $"{begun} of {Figures.Count(firstCount, "network was", "networks were")} begun";
            string epochs = _newest is EpochResult result
                ? $", the last one in epoch {Figures.Count(result.Epoch)} of at most {Figures.Count(result.NumberOfEpochs)}" : "";
            string left = refitCount == 0 ? "" : $"; {refits} of {Figures.Count(refitCount, "refit", "refits")} on all rows were begun";
            return $"The training was cut short: {networks}{epochs}{left}. "
                + "The model is what there was by then; train again for the whole of it.";
        }
    }

    /// <summary>To be called after each epoch, by one thread at a time.</summary>
    public void Report(EpochResult result)
    {
        int index = result.NetworkIndex;
        if (_last[index] is null)
            EndOldest();
        _newest = _last[index] = result;
        _lastResultNumber[index] = ++_resultCount;
        if (result.ValidationLoss is double loss && loss < _best[index].Loss)
            _best[index] = (result.Epoch, loss);

        // A refit may have fewer.
        _maximum = Math.Max(_maximum, result.NumberOfEpochs);
        double done = 0, all = 0;
        for (int training = 0; training < _last.Length; training++)
        {
            double epochs = ExpectedEpochs(training);
            done += Math.Min(_last[training]?.Epoch ?? 0, epochs);
            all += epochs;
        }
        // When an estimate was too low, the bar waits; it never moves back.
        Fraction = Math.Max(Fraction, Math.Min(1, done / all));
        SecondsLeft = elapsedSeconds() / done * (all - done);
        Changed?.Invoke();
    }

    /// <summary>A training that begins while all threads are in use begins because another one has ended: the one whose last result is
    /// oldest.</summary>
    private void EndOldest()
    {
        int[] running = [.. Enumerable.Range(0, _last.Length).Where(training => _last[training] is not null && !_isOver[training])];
        if (running.Length >= threadCount && running.Length > 0)
            _isOver[running.MinBy(training => _lastResultNumber[training])] = true;
    }

    /// <summary>One that continues has fewer epochs than its first training could have had.</summary>
    private bool RefitsContinue =>
        _last.Skip(firstCount).FirstOrDefault(result => result is not null) is { } refit ? refit.NumberOfEpochs < _maximum : refitsContinue;

    private double ExpectedEpochs(int training)
    {
        if (_isOver[training])
            return _last[training]!.Epoch;
        bool isRefit = training >= firstCount;
        int first = isRefit ? training - firstCount : training;
        int[] over = [.. Enumerable.Range(0, firstCount).Where(other => _isOver[other])];
        double expected = isRefit && _isOver[first] ? RefitEpochs(_best[first].Epoch)
            : over.Length == 0 ? isRefit ? RefitEpochs(_maximum) : _maximum
            : over.Average(other => isRefit ? RefitEpochs(_best[other].Epoch) : _last[other]!.Epoch);
        return Math.Max(Math.Max(expected, 1), _last[training]?.Epoch ?? 0);
    }

    private int RefitEpochs(int bestEpoch) => RefitsContinue ? EnsembleSettings.EpochsOfContinuedRefit(bestEpoch) : bestEpoch;
}
