using System.Numerics;

namespace Mlp;

/// <summary>Predicts with a network directly.</summary>
public static class NetworkPrediction
{
    /// <summary>The outputs of rows, as the last layer gives them: a loss on logits leaves logits here.</summary>
    /// <param name="network">Takes its features as they are.</param>
    /// <param name="features">Row-major, rowCount x <see cref="Network{T}.InputCount"/>.</param>
    /// <param name="outputs">Row-major, rowCount x <see cref="Network{T}.OutputCount"/>; overwritten.</param>
    /// <remarks>
    /// NaN features give NaN outputs in their row alone. Zero rows are fine. The bits do not depend on the number of rows. Each call
    /// allocates its work space; keep a <see cref="Predictor{T}"/> for many calls.
    /// </remarks>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static void Predict<T>(this Network<T> network, ReadOnlySpan<T> features, Span<T> outputs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var predictor = new Predictor<T>(network);
        predictor.Predict(features, outputs);
    }
}
