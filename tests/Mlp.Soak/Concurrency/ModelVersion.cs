using System.Collections.Concurrent;
using Microsoft.ML;

namespace Mlp.Soak.Concurrency;

/// <summary>A loaded model and the prediction engines made of it: what a service swaps as a whole.</summary>
/// <param name="number">Which model it is.</param>
/// <param name="ml">Makes the engines.</param>
/// <param name="transformer">As loaded.</param>
internal sealed class ModelVersion(int number, MLContext ml, ITransformer transformer)
{
    // An engine serves one thread at a time.
    private readonly ConcurrentBag<PredictionEngine<SoakRow, SoakPrediction>> _idle = [];

    public int Number => number;

    public float[] Predict(SoakRow row)
    {
        if (!_idle.TryTake(out PredictionEngine<SoakRow, SoakPrediction>? engine))
            engine = ml.Model.CreatePredictionEngine<SoakRow, SoakPrediction>(transformer);
        float[] scores = engine.Predict(row).Score;
        _idle.Add(engine);
        return scores;
    }
}
