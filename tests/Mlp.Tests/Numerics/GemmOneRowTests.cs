using System.Numerics;
using Mlp.Activations;
using Mlp.Numerics;
using Mlp.TestSupport;

namespace Mlp.Tests.Numerics;

/// <summary>Products of one row with a B that was packed before, which leave out zeros where that changes no bit.</summary>
public class GemmOneRowTests
{
    [Theory]
    [InlineData(Activation.Relu, false)]
    [InlineData(Activation.Relu, true)]
    [InlineData(Activation.LeakyRelu, false)]
    [InlineData(Activation.LeakyRelu, true)]
    public void Multiply_HasTheBitsOfTheNaiveLoop_WhateverIsZero(Activation activation, bool forOneRow)
    {
        foreach (int k in (int[])[0, 1, 5, 63, 64, 65, 128, 200, 4_097])
        {
            foreach (int n in (int[])[1, 31, 128, 129, 300])
            {
                foreach (double zeros in (double[])[0, 0.3, 0.6, 1])
                {
                    Check<float>(n, k, zeros, activation, forOneRow);
                    Check<double>(n, k, zeros, activation, forOneRow);
                }
            }
        }
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Zeros_AreMultiplied_WithWhatIsNotFinite(double value)
    {
        var b = new float[128 * 4];
        b[130] = (float)value;
        var packed = new PackedMatrix<float>(4, 128);
        packed.Pack(MatrixView<float>.Rows(b, 128));
        Assert.False(packed.IsFinite);
        var c = new float[128];
        new Gemm<float>(ThreadTeam.Single).Multiply(
            1, MatrixView<float>.Rows(new float[4], 4), packed, [], c, ActivationKernel<float>.Of(Activation.Relu), c);
        Assert.Equal(2, Array.FindIndex(c, float.IsNaN));
        Assert.Equal(1, c.Count(float.IsNaN));
    }

    private static void Check<T>(int n, int k, double zeros, Activation activation, bool forOneRow)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] a = GemmChecks.Random<T>(k, seed: 1), b = GemmChecks.Random<T>(k * n, seed: 2), row = GemmChecks.Random<T>(n, seed: 3);
        var random = new Random(4);
        foreach (ref T value in a.AsSpan())
        {
            if (random.NextDouble() < zeros)
                value = random.Next(2) == 0 ? T.Zero : T.NegativeZero;
        }
        row[0] = T.NegativeZero;
        if (n > 40)
            row[40] = T.NaN;
        T[] expected = [.. row];
        NaiveGemm.Multiply(1, n, k, a, aTransposed: false, b, bTransposed: false, expected, accumulate: true);
        var function = ActivationKernel<T>.Of(activation);
        function.Apply(expected, expected);

        var packed = new PackedMatrix<T>(k, n, forOneRow);
        packed.Pack(MatrixView<T>.Rows(b, n));
        var c = new T[n];
        new Gemm<T>(ThreadTeam.Single).Multiply(1, MatrixView<T>.Rows(a, k), packed, row, c, function, c);
        Tolerance.AssertSameBits<T>($"{n} x {k}, {zeros} zeros", c, expected);
    }
}
