namespace Mlp.MLNet.Scoring;

/// <summary>The network's outputs for the row at which a row or cursor is, computed when the first getter asks for them.</summary>
internal abstract class Scorer : IDisposable
{
    /// <summary>One value per output of the network.</summary>
    public abstract ReadOnlySpan<float> Outputs { get; }

    /// <summary>What the outputs stand for: the link of the model applied to <see cref="Outputs"/>.</summary>
    public abstract ReadOnlySpan<float> Predictions { get; }

    /// <summary>The scales of the intervals around the predictions; empty where these are as wide for every row.</summary>
    public abstract ReadOnlySpan<float> Scales { get; }

    public abstract void Dispose();
}
