using System.Numerics;
using Mlp;

/// <summary>What a network makes of images: right answers, and the article's mean loss −ln(p + 1e-7).</summary>
internal sealed class DigitScore<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int PortionRowCount = 1000;

    public DigitScore(Network<T> network, MnistRows<T> rows)
    {
        using var predictor = new Predictor<T>(network, PortionRowCount);
        T[] inputs = new T[PortionRowCount * rows.InputCount], targets = new T[PortionRowCount * rows.TargetCount];
        T[] logits = new T[PortionRowCount * rows.TargetCount], weights = new T[PortionRowCount];
        double lossSum = 0;
        for (int start = 0; start < rows.RowCount; start += PortionRowCount)
        {
            int count = Math.Min(PortionRowCount, rows.RowCount - start);
            rows.Read([.. Enumerable.Range(start, count)], inputs, targets, weights);
            predictor.Predict(inputs.AsSpan(0, count * rows.InputCount), logits.AsSpan(0, count * rows.TargetCount));
            for (int row = 0; row < count; row++)
            {
                ReadOnlySpan<T> rowLogits = logits.AsSpan(row * rows.TargetCount, rows.TargetCount);
                int label = targets.AsSpan(row * rows.TargetCount, rows.TargetCount).IndexOf(T.One);
                T largest = rowLogits[0];
                foreach (T logit in rowLogits)
                    largest = T.Max(largest, logit);
                double sum = 0;
                foreach (T logit in rowLogits)
                    sum += Math.Exp(double.CreateChecked(logit - largest));
                lossSum -= Math.Log(Math.Exp(double.CreateChecked(rowLogits[label] - largest)) / sum + 1e-7);
                CorrectCount += rowLogits[label] == largest ? 1 : 0;
            }
        }
        Loss = lossSum / rows.RowCount;
    }

    public int CorrectCount { get; }

    public double Loss { get; }
}
