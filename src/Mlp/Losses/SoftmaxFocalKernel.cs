using System.Numerics;
using Mlp.Numerics;

namespace Mlp.Losses;

/// <summary>−Σₖ tₖ (1 − pₖ)^γ ln pₖ on logits, with p = softmax(o) (Lin et al. 2017, for any number of classes).</summary>
internal sealed class SoftmaxFocalKernel<T>(T gamma) : LossKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Below, its power is no factor any more.
    private readonly T _smallestBase = T.CreateTruncating(Math.Pow(Tiny.Factor<T>(), 1 / double.CreateTruncating(gamma)));
    private T[] _slopes = [];

    public override void Evaluate(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, Span<T> rowLosses, Span<T> delta)
    {
        int outputCount = rowLosses.Length == 0 ? 0 : outputs.Length / rowLosses.Length;
        for (int row = 0; row < rowLosses.Length; row++)
        {
            rowLosses[row] = EvaluateRow(
                outputs.Slice(row * outputCount, outputCount), targets.Slice(row * outputCount, outputCount),
                delta.Slice(row * outputCount, outputCount));
        }
    }

    private T EvaluateRow(ReadOnlySpan<T> logits, ReadOnlySpan<T> targets, Span<T> delta)
    {
        T max = Softmax.Max(logits), sum = Softmax.Exponentials(logits, max, delta), logSum = T.Log(sum), loss = T.Zero, slopeSum = T.Zero;
        foreach (ref T exponential in delta)
            exponential = Tiny.Flush(exponential);
        Span<T> slopes = _slopes.Length >= logits.Length ? _slopes : _slopes = new T[logits.Length];
        for (int k = 0; k < logits.Length; k++)
        {
            // 1 − p as the sum of the others: exact where p is nearly 1.
            T others = T.Zero;
            for (int j = 0; j < logits.Length && targets[k] != T.Zero; j++)
                others += j == k ? T.Zero : delta[j];
            T logP = logits[k] - max - logSum, q = others / sum;
            loss -= targets[k] == T.Zero ? T.Zero : targets[k] * Power(q) * logP;
            slopes[k] = targets[k] * Slope(delta[k] / sum, q, logP);
            slopeSum += slopes[k];
        }
        // ∂pₖ/∂oⱼ = pₖ (δₖⱼ − pⱼ).
        for (int j = 0; j < logits.Length; j++)
            delta[j] = Tiny.Flush(slopes[j] - delta[j] / sum * slopeSum);
        return loss;
    }

    /// <summary>p · ∂/∂p of −(1 − p)^γ ln p = γ p (1 − p)^(γ − 1) ln p − (1 − p)^γ.</summary>
    private T Slope(T p, T q, T logP) =>
        q <= T.Zero ? T.Zero : Power(q) * (gamma * p * (logP / q) - T.One);

    private T Power(T q) => q < _smallestBase ? T.Zero : T.Pow(q, gamma);
}
