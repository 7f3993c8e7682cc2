using Mlp.Data;

namespace Mlp.Tests.Data;

public class MissingNumbersTests
{
    [Fact]
    public void MissingNumbers_GetTheirMiddles_ButForThoseThatAreLearnt()
    {
        float[] numbers = [1, float.NaN, 3, float.NaN, 5, float.NaN];
        Assert.Equal(3, MissingNumbers.Fill<float>(numbers, [10, 20, 30], learnt: [1]));
        Assert.Equal([1, float.NaN, 3, 10, 5, 30], numbers);
        Assert.Equal(-1, MissingNumbers.Fill<float>(numbers, [10, 20, 30], learnt: [1]));
    }

    [Fact]
    public void WithoutMiddles_AndInfinite_NumbersStay()
    {
        float[] numbers = [float.NaN, float.PositiveInfinity];
        Assert.Equal(-1, MissingNumbers.Fill<float>(numbers, [], learnt: []));
        Assert.Equal(0, MissingNumbers.Fill<float>(numbers, [7, 8], learnt: []));
        Assert.Equal([7, float.PositiveInfinity], numbers);
    }
}
