using Mlp.Numerics;

namespace Mlp.Scoring.Networks;

/// <summary>Applies links to the outputs of a row, in place.</summary>
internal static class OutputLinks
{
    public static void Apply(LinkKind link, Span<float> outputs)
    {
        switch (link)
        {
            case LinkKind.Sigmoid:
                Sigmoid(outputs);
                break;
            case LinkKind.Exponential:
                Exponential(outputs, shift: 0);
                break;
            case LinkKind.Softmax:
                Softmax(outputs);
                break;
        }
    }

    /// <summary>1 / (1 + e^−logit), in double: e^−logit overflows a float long before the probability underflows.</summary>
    public static float Probability(float logit) => (float)LaneMath.Sigmoid<DoubleLane, double>(DoubleLane.Create(logit)).Value;

    private static void Softmax(Span<float> outputs)
    {
        float max = float.NegativeInfinity, sum = 0;
        foreach (float output in outputs)
            max = MathF.Max(max, output);
        Exponential(outputs, max);
        foreach (float output in outputs)
            sum += output;
        float factor = 1 / sum;
        for (int index = 0; index < outputs.Length; index++)
            outputs[index] *= factor;
    }

    private static void Sigmoid(Span<float> outputs)
    {
        Span<float> lanes = stackalloc float[Lanes128.Count];
        for (int start = 0; start < outputs.Length; start += lanes.Length)
        {
            Span<float> part = outputs[start..Math.Min(outputs.Length, start + lanes.Length)];
            part.CopyTo(lanes);
            Lanes128.Store(LaneMath.Sigmoid<Lanes128, float>(Lanes128.Load(ref lanes[0], 0)), ref lanes[0], 0);
            lanes[..part.Length].CopyTo(part);
        }
    }

    /// <summary>e^(output − shift).</summary>
    private static void Exponential(Span<float> outputs, float shift)
    {
        Span<float> lanes = stackalloc float[Lanes128.Count];
        for (int start = 0; start < outputs.Length; start += lanes.Length)
        {
            Span<float> part = outputs[start..Math.Min(outputs.Length, start + lanes.Length)];
            part.CopyTo(lanes);
            Lanes128.Store(
                LaneMath.Exp<Lanes128, float>(Lanes128.Load(ref lanes[0], 0) - Lanes128.Create(shift)), ref lanes[0], 0);
            lanes[..part.Length].CopyTo(part);
        }
    }
}
