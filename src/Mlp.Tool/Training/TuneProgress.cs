using Mlp.MLNet;
using Mlp.Tool.Pipelines;

namespace Mlp.Tool.Training;

/// <summary>The progress of a search, from what its networks report.</summary>
/// <param name="plan">How much is tried.</param>
/// <param name="threadCount">Networks that are trained at the same time.</param>
internal sealed class TuneProgress(TunePlan plan, int threadCount) : IProgressText
{
    private MlpTuningProgress? _newest;

    public double Fraction { get; private set; }

    public Action? Changed { get; set; }

    public string Description => _newest is not { } newest ? "reading the table"
        : newest.Trial == 0 ? $"the preset itself, network {newest.NumberOfNetworks}"
        : $"trial {newest.Trial}, rung {newest.Rung}, network {newest.NumberOfNetworks}";

    public void Report(MlpTuningProgress progress)
    {
        _newest = progress;
        double fraction = plan.Time is { } time
            ? progress.Seconds / threadCount / time.TotalSeconds : (double)progress.Trial / plan.Trials!.Value;
        // The networks of the model come last, and are not counted.
        Fraction = Math.Max(Fraction, Math.Min(0.95, fraction));
        Changed?.Invoke();
    }
}
