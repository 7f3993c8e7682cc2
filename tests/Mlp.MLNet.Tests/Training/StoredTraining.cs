using Microsoft.ML;
using Mlp.TestSupport;

namespace Mlp.MLNet.Tests;

/// <summary>A training whose rows are on disk, in a folder of its own, and what it logs.</summary>
public abstract class StoredTraining : IDisposable
{
    private protected TemporaryFolder Folder { get; } = new();

    private protected List<string> Log { get; } = [];

    private protected RowStore Disk => RowStore.Disk with { Directory = Folder.FullPath };

    public void Dispose()
    {
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected MLContext Context()
    {
        var ml = new MLContext(seed: 1);
        ml.Log += (_, line) =>
        {
            lock (Log)
                Log.Add(line.Message);
        };
        return ml;
    }

    private protected string Fit(Action<MlpOptions> change, Blobs.Row[]? rows = null) => FitModel(change, rows).Fingerprint;

    private protected MlpModelParameters FitModel(Action<MlpOptions> change, Blobs.Row[]? rows = null)
    {
        MLContext ml = Context();
        MlpRegressionTrainer.Options options = Blobs.Regression();
        (options.Seed, options.EarlyStopping) = (3, new EarlyStopping { Patience = 9 });
        change(options);
        return ml.Regression.Trainers.Mlp(options).Fit(Blobs.View(ml, rows ?? Blobs.Rows())).Model;
    }
}
