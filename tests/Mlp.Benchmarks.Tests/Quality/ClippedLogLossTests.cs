using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.Benchmarks.Quality;

namespace Mlp.Benchmarks.Tests.Quality;

public class ClippedLogLossTests
{
    private static readonly MLContext ML = new(0);

    [Fact]
    public void OfTwoClasses_SureAndWrongRow_IsClipped()
    {
        IDataView scored = ML.Data.LoadFromEnumerable(
            (Two[])[new() { Label = true, Probability = 0.25f }, new() { Label = false, Probability = 0.25f },
                new() { Label = false, Probability = 1 }]);

        Assert.Equal((-Math.Log(0.25) - Math.Log(0.75) - Math.Log(1e-7)) / 3, ClippedLogLoss.OfTwoClasses(scored), 1e-12);
    }

    [Fact]
    public void OfClasses_UnseenClass_HasProbabilityZero()
    {
        IDataView scored = ML.Data.LoadFromEnumerable(
            (Three[])[new() { Label = 1, Score = [0.25f, 0.5f, 0.25f] }, new() { Label = uint.MaxValue, Score = [0.25f, 0.5f, 0.25f] }]);

        Assert.Equal((-Math.Log(0.5) - Math.Log(1e-7)) / 2, ClippedLogLoss.OfClasses(scored), 1e-12);
    }

    private sealed class Two
    {
        public bool Label { get; set; }

        public float Probability { get; set; }
    }

    private sealed class Three
    {
        // In an object 0 is the first class; what is no class is missing.
        [KeyType(3)]
        public uint Label { get; set; }

        [VectorType(3)]
        public float[] Score { get; set; } = [];
    }
}
