using Mlp.Models.Intervals;

namespace Mlp.Tests;

public class IntervalFileTests
{
    private readonly Network<float> _network = Network<float>.Create(3, [Layer.Dense(2)]);

    [Fact]
    public void Read_GivesWhatWasWritten()
    {
        IntervalModel<float> written = Intervals();
        IntervalModel<float> read = Read(Bytes(written));
        Assert.Equal(written.Levels, read.Levels);
        Assert.Equal(written.Edges, read.Edges);
        Assert.Equal(written.Multipliers, read.Multipliers);
        Assert.Equal(written.Minima, read.Minima);
        Assert.Equal(written.Maxima, read.Maxima);
        Assert.Equal(written.Scales!.Fingerprint, read.Scales!.Fingerprint);
    }

    [Fact]
    public void Read_OfAFileCutOffAnywhere_SaysSo()
    {
        byte[] bytes = Bytes(Intervals());
        for (int length = 0; length < bytes.Length; length++)
        {
            byte[] part = bytes[..length];
            Exception exception = Assert.ThrowsAny<Exception>(() => Read(part));
            Assert.True(exception is FormatException or EndOfStreamException, $"{length} bytes: {exception}");
        }
        Assert.Throws<FormatException>(() => Read([.. bytes, 0]));
    }

    [Fact]
    public void Read_OfAnyByteChanged_EndsInTheSameWay()
    {
        byte[] bytes = Bytes(Intervals());
        for (int index = 0; index < bytes.Length; index++)
        {
            byte[] damaged = [.. bytes];
            damaged[index] ^= 0xff;
            try
            {
                Read(damaged);
            }
            catch (Exception exception) when (exception is FormatException or EndOfStreamException)
            {
                // What a damaged file is to end in, unless the number is as good as another.
            }
        }
    }

    [Theory]
    [InlineData(1, 0x7f, "levels")]
    [InlineData(0, 9, "version 9")]
    public void Read_NamesWhatIsWrong(int index, byte value, string expected)
    {
        byte[] bytes = Bytes(Intervals());
        bytes[index] = value;
        Assert.Contains(expected, Assert.Throws<FormatException>(() => Read(bytes)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Compute_TakesThePartOfThePrediction_AndStaysWithinBounds()
    {
        IntervalModel<float> intervals = Intervals();
        var (lower, upper) = (new float[4], new float[4]);
        intervals.Compute([0.5f, 7], [1, 2, 1, 1], lower, upper);
        // The first target is in its first part, 1 and 2 wide: 0.5 − 1 · 1, 0.5 + 1 · 2; the second one's bounds are 0 and 8.
        Assert.Equal([-0.5f, -1.5f, 6, 5], lower);
        Assert.Equal([2.5f, 4.5f, 8, 8], upper);
        intervals.Compute([3, float.NaN], [1, 2, 1, 1], lower, upper);
        Assert.Equal([-7f, -17, float.NaN, float.NaN], lower);
    }

    private static IntervalModel<float> Intervals() => new(
        levels: [0.5, 0.9], targetCount: 2, edges: [2, 50],
        multipliers: [1, 1, 2, 2, 10, 10, 20, 20, 1, 1, 2, 2, 3, 3, 4, float.PositiveInfinity],
        minima: [float.NegativeInfinity, 0], maxima: [float.PositiveInfinity, 8],
        scales: new Model<float>(Network<float>.Create(3, [Layer.Dense(4)]))
        {
            Range = new TargetRange<float>([0.05f, 0.05f, 0.05f, 0.05f], [9, 9, 9, 9]),
        });

    private static byte[] Bytes(IntervalModel<float> intervals)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        IntervalFile.Write(writer, intervals);
        return stream.ToArray();
    }

    private IntervalModel<float> Read(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes));
        return IntervalFile.Read(reader, _network);
    }
}
