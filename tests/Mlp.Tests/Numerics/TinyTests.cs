using System.Numerics;
using Mlp.Numerics;

namespace Mlp.Tests.Numerics;

public class TinyTests
{
    [Fact]
    public void Limits_LeaveRoomForAProduct()
    {
        Assert.Equal((Math.ScaleB(1, -60), Math.ScaleB(1, -500)), (Tiny.Factor<float>(), Tiny.Factor<double>()));
        Assert.Equal((Math.ScaleB(1, -120), Math.ScaleB(1, -1000)), (Tiny.Square<float>(), Tiny.Square<double>()));
        Assert.Equal((Math.ScaleB(1, -126), Math.ScaleB(1, -1022)), (Tiny.Normal<float>(), Tiny.Normal<double>()));
        Assert.Equal(Tiny.LogFactorSingle, Math.Log(Tiny.Factor<float>()), 1e-12);
        Assert.Equal(Tiny.LogFactorDouble, Math.Log(Tiny.Factor<double>()), 1e-12);
    }

    [Fact]
    public void Flush_KeepsWhatIsNotTiny()
    {
        Check<float>();
        Check<double>();

        static void Check<T>()
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            T factor = T.CreateTruncating(Tiny.Factor<T>()), square = T.CreateTruncating(Tiny.Square<T>());
            foreach (T kept in (T[])[factor, -factor, T.One, T.PositiveInfinity, T.NegativeInfinity, T.NaN])
                Assert.Equal((kept, kept), (Tiny.Flush(kept), Lane(Tiny.Flush<Lanes1<T>, T>(Lanes1<T>.Create(kept)))));
            foreach (T tiny in (T[])[T.BitDecrement(factor), -T.BitDecrement(factor), T.Epsilon, T.Zero])
                Assert.Equal((T.Zero, T.Zero), (Tiny.Flush(tiny), Lane(Tiny.Flush<Lanes1<T>, T>(Lanes1<T>.Create(tiny)))));
            foreach (T kept in (T[])[square, T.One, T.PositiveInfinity, T.NaN])
                Assert.Equal(kept, Lane(Tiny.FlushSquares<Lanes1<T>, T>(Lanes1<T>.Create(kept))));
            Assert.Equal(T.Zero, Lane(Tiny.FlushSquares<Lanes1<T>, T>(Lanes1<T>.Create(T.BitDecrement(square)))));
        }
    }

    [Fact]
    public void Round_GivesNoSubnormalNumber()
    {
        Assert.Equal([0, 0, 0, 1.2e-38f, -1.2e-38f], ((double[])[1e-45, -1e-39, 1e-300, 1.2e-38, -1.2e-38]).Select(Tiny.Round<float>));
        Assert.Equal([0, 1e-300], ((double[])[1e-310, 1e-300]).Select(Tiny.Round<double>));
        Assert.True(float.IsNaN(Tiny.Round<float>(double.NaN)));
    }

    private static T Lane<T>(Lanes1<T> lane)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Lanes1<T>.Sum(lane);
}
