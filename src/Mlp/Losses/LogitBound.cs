namespace Mlp.Losses;

/// <summary>The largest logit that a mean of probabilities takes.</summary>
internal static class LogitBound
{
    /// <summary>Beyond, a probability is 0 or 1 to the last bit of a double; its logarithm must stay finite.</summary>
    public const double Largest = 700;
}
