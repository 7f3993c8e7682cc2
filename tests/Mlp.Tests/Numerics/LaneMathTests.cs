using System.Numerics;
using Mlp.TestSupport;

namespace Mlp.Tests.Numerics;

public class LaneMathTests(ITestOutputHelper output)
{
    public static TheoryData<int> CaseIndices => [.. Enumerable.Range(0, LaneMathChecks.Cases.Count)];

    /// <summary>The errors observed are listed at <see cref="LaneMathChecks.Cases"/>.</summary>
    [Trait("Speed", "Slow")]
    [Theory]
    [MemberData(nameof(CaseIndices))]
    public void Error_StaysBelowItsBound(int caseIndex)
    {
        LaneMathCase laneMathCase = LaneMathChecks.Cases[caseIndex];
        (double doubleUlps, double doubleAt) = LaneMathChecks.Run<double>(laneMathCase);
        (double singleUlps, double singleAt) = LaneMathChecks.Run<float>(laneMathCase);
        output.WriteLine(
            $"{laneMathCase.Function}: double {doubleUlps:F2} ulp at {doubleAt:G17}, float {singleUlps:F2} ulp at {singleAt:G9}");
    }

    [Fact]
    public void ExactMath_AgreesWithTheRuntimesFunctions()
    {
        // The reference itself: the C library's functions are good to about one unit in the last place.
        for (double x = -30; x <= 30; x += 0.37)
        {
            Assert.InRange(ExactMath.Value("Exp", x).UlpDistance(Math.Exp(x), 53, -1074), 0, 1.5);
            Assert.InRange(ExactMath.Value("Tanh", x).UlpDistance(Math.Tanh(x), 53, -1074), 0, 2);
        }
        Assert.InRange(ExactMath.Value("LogOnePlus", 0.75).UlpDistance(Math.Log(1.75), 53, -1074), 0, 1);
        // Abramowitz and Stegun 1964, table 7.1.
        Assert.InRange(ExactMath.Value("Erf", 0.5).UlpDistance(0.5204998778130465, 53, -1074), 0, 1);
        Assert.InRange(ExactMath.Value("Erf", 1.5).UlpDistance(0.9661051464753108, 53, -1074), 0, 1);
    }

    [Theory]
    [InlineData("Exp", 0, double.PositiveInfinity, 1)]
    [InlineData("ExpMinusOne", -1, double.PositiveInfinity, 0)]
    [InlineData("Sigmoid", 0, 1, 0.5)]
    [InlineData("Softplus", 0, double.PositiveInfinity, 0.69314718055994530942)]
    [InlineData("Tanh", -1, 1, 0)]
    [InlineData("Erf", -1, 1, 0)]
    public void Limits_AreExact(string function, double atMinusInfinity, double atInfinity, double atZero)
    {
        AssertLimits<double>(function, atMinusInfinity, atInfinity, atZero, huge: 1e30);
        AssertLimits<float>(function, atMinusInfinity, atInfinity, atZero, huge: 1e30);
    }

    [Theory]
    [InlineData("ExpMinusOne")]
    [InlineData("Tanh")]
    [InlineData("LogOnePlus")]
    public void ADenormal_IsItsOwnImage(string function)
    {
        Assert.Equal(double.Epsilon, LaneFunctions.Apply(function, double.Epsilon));
        Assert.Equal(float.Epsilon, LaneFunctions.Apply(function, float.Epsilon));
        Assert.Equal(1e-310, LaneFunctions.Apply(function, 1e-310));
    }

    [Theory]
    [InlineData("Tanh")]
    [InlineData("Erf")]
    public void OddFunctions_KeepTheSignOfZero(string function)
    {
        Assert.True(double.IsNegative(LaneFunctions.Apply(function, -0.0)));
        Assert.False(double.IsNegative(LaneFunctions.Apply(function, 0.0)));
    }

    [Fact]
    public void LargeArguments_StayFiniteWhereTheResultIs()
    {
        Assert.Equal(1e4, LaneFunctions.Apply("Softplus", 1e4));
        Assert.Equal(1e4f, LaneFunctions.Apply("Softplus", 1e4f));
        Assert.Equal(1e30f, LaneFunctions.Apply("Softplus", 1e30f));
        Assert.Equal(double.Exp(709.75), LaneFunctions.Apply("Exp", 709.75), 1e295);
        Assert.Equal(float.PositiveInfinity, LaneFunctions.Apply("Exp", 88.8f));
        Assert.True(float.IsFinite(LaneFunctions.Apply("ExpMinusOne", 88f)) && double.IsFinite(LaneFunctions.Apply("ExpMinusOne", 709.0)));
        Assert.Equal(float.PositiveInfinity, LaneFunctions.Apply("ExpMinusOne", 88.01f));
        Assert.Equal(double.PositiveInfinity, LaneFunctions.Apply("ExpMinusOne", 709.01));
    }

    [Fact]
    public void Tails_EndBeforeTheSubnormalNumbers()
    {
        foreach (string function in (string[])["Exp", "Sigmoid"])
        {
            AssertEnd(function, endsAfter: -87.33f, at: -87.34f);
            AssertEnd(function, endsAfter: -708.39, at: -708.4);
        }
        // ln 2^-60 and ln 2^-500.
        AssertEnd("Softplus", endsAfter: -41.58f, at: -41.59f);
        AssertEnd("Softplus", endsAfter: -346.57, at: -346.58);

        static void AssertEnd<T>(string function, T endsAfter, T at)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            Assert.True(T.IsNormal(LaneFunctions.Apply(function, endsAfter)));
            Assert.Equal(T.Zero, LaneFunctions.Apply(function, at));
        }
    }

    private static void AssertLimits<T>(string function, double atMinusInfinity, double atInfinity, double atZero, double huge)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Assert.True(T.IsNaN(LaneFunctions.Apply(function, T.NaN)));
        foreach (double large in (double[])[double.PositiveInfinity, huge, 1e4])
        {
            // At 1e4 softplus is 1e4 itself.
            if (double.IsInfinity(large) || function != "Softplus")
                Assert.Equal(T.CreateTruncating(atInfinity), LaneFunctions.Apply(function, T.CreateTruncating(large)));
            Assert.Equal(T.CreateTruncating(atMinusInfinity), LaneFunctions.Apply(function, T.CreateTruncating(-large)));
        }
        Assert.Equal(T.CreateTruncating(atZero), LaneFunctions.Apply(function, T.Zero));
        Assert.Equal(T.CreateTruncating(atZero), LaneFunctions.Apply(function, T.NegativeZero));
    }
}
