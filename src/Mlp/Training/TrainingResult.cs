using System.Numerics;
using Mlp.Explanations;

namespace Mlp;

/// <summary>How a training went. The trained parameters are in the network that was given to it.</summary>
/// <param name="History">One report per epoch, first epoch first; at least one, unless the training was
/// cancelled in the first epoch.</param>
/// <param name="BestEpoch">The epoch whose parameters the network has: the last one, or with early stopping the one of the lowest
/// validation loss; 0 when no epoch was completed.</param>
public sealed record TrainingResult(IReadOnlyList<EpochReport> History, int BestEpoch)
{
    /// <summary>The last epoch.</summary>
    public EpochReport Last => History[^1];

    /// <summary>Whether the training was cancelled and <see cref="TrainingSettings.ReturnBestOnCancellation"/> let it return.</summary>
    public bool WasCanceled { get; init; }

    /// <summary>The network and its link as they are when a report asks; set by <see cref="Training"/>.</summary>
    internal Func<Model<double>>? TrainedModel { get; init; }

    /// <summary>Writes what the training itself knows as one HTML file: the network drawn, losses and learning rates.</summary>
    /// <param name="path">A file that is there is replaced.</param>
    /// <exception cref="InvalidOperationException">The result was not made by <see cref="Training"/>: there is no network to draw.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void SaveReport(string path) => SaveReport(path, train: null, test: null);

    /// <summary>Writes a report with metrics, figures and explanations, too.</summary>
    /// <param name="path">A file that is there is replaced.</param>
    /// <param name="train">Rows of the training as the network saw them; null leaves out what they tell.</param>
    /// <param name="test">Rows that it did not see; null leaves out what they tell.</param>
    /// <param name="settings">Title and names; null for defaults.</param>
    /// <remarks>For a network whose features are scaled outside, or for several networks, use <see cref="ModelReport.Create"/> with a
    /// <see cref="Model{T}"/>.</remarks>
    /// <exception cref="InvalidOperationException">The result was not made by <see cref="Training"/>: there is no network to draw.</exception>
    /// <exception cref="ArgumentException">Rows, names and network do not fit each other.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="OperationCanceledException"><see cref="ReportSettings.CancellationToken"/> asked for it.</exception>
    public void SaveReport(string path, ReportRows? train, ReportRows? test, ReportSettings? settings = null)
    {
        if (TrainedModel is null)
        {
            throw new InvalidOperationException(
                "This result knows no network: it was not made by Training.Fit. Use ModelReport.Create with the network in a Model.");
        }
        ModelReport.Create(TrainedModel(), train, test, settings).Save(path);
    }

    /// <summary>The same result, with the network that was trained.</summary>
    internal TrainingResult Of<T>(Network<T> network, OutputLink link)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        this with { TrainedModel = () => WideModel.Of(new Model<T>(network, link: link, history: History)) };
}
