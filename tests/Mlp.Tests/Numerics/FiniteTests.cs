using Mlp.Numerics;

namespace Mlp.Tests.Numerics;

public class FiniteTests
{
    [Fact]
    public void IndexOfAnyExcept_FindsTheFirst_AtEveryPositionOfEveryLength()
    {
        Check<float>();
        Check<double>();

        static void Check<T>()
            where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
        {
            for (int length = 0; length <= 70; length++)
            {
                T[] values = [.. Enumerable.Repeat(T.CreateTruncating(-3e38), length)];
                Assert.Equal(-1, Finite.IndexOfAnyExcept<T>(values));
                for (int position = length - 1; position >= 0; position--)
                {
                    values[position] = (position % 3) switch { 0 => T.NaN, 1 => T.PositiveInfinity, _ => T.NegativeInfinity };
                    Assert.Equal(position, Finite.IndexOfAnyExcept<T>(values));
                }
            }
        }
    }
}
