using Mlp.MLNet.Reading;

namespace Mlp.MLNet.Tests;

public class FeatureAnnotationsTests
{
    private static readonly FeatureAnnotations Written = new(["age", "", "red", "blue"], [2, 3], IsNormalized: true);

    [Fact]
    public void Read_GivesWhatWasWritten()
    {
        FeatureAnnotations read = Read(Bytes());
        Assert.Equal(Written.SlotNames, read.SlotNames);
        Assert.Equal(Written.CategoricalSlotRanges, read.CategoricalSlotRanges);
        Assert.Equal(Written.IsNormalized, read.IsNormalized);
    }

    [Fact]
    public void AnyByteDamaged_IsReadOrRefusedByWhatTheFileHas()
    {
        int refusedCount = 0;
        for (int position = 0; position < Bytes().Length; position++)
        {
            for (int value = 0; value <= byte.MaxValue; value++)
            {
                byte[] bytes = Bytes();
                bytes[position] = (byte)value;
                refusedCount += IsRefused(bytes) ? 1 : 0;
            }
        }
        Assert.InRange(refusedCount, Bytes().Length, Bytes().Length * 256);
    }

    [Theory]
    [InlineData(new byte[] { 0xff, 0xff, 0xff, 0xff, 0xff })]
    [InlineData(new byte[] { 0xff, 0xff, 0xff, 0xff, 0x0f })]
    [InlineData(new byte[] { 0x80, 0x80, 0x80, 0x80, 0x80, 0x80 })]
    [InlineData(new byte[] { 0x80 })]
    public void LengthOfAName_ThatIsNone_IsRefused(byte[] length) => Assert.True(IsRefused([1, .. length, .. new byte[8]]));

    [Fact]
    public void CutOffAnywhere_IsRefused()
    {
        for (int length = 0; length < Bytes().Length; length++)
            Assert.True(IsRefused(Bytes()[..length]));
    }

    // The exceptions that TransformerFile turns into a message of its own, or such a message.
    private static bool IsRefused(byte[] bytes)
    {
        try
        {
            Read(bytes);
            return false;
        }
        catch (Exception exception) when (exception is EndOfStreamException or InvalidDataException)
        {
            return true;
        }
        catch (FormatException exception)
        {
            Assert.StartsWith("The model file has", exception.Message, StringComparison.Ordinal);
            return true;
        }
    }

    private static FeatureAnnotations Read(byte[] bytes) =>
        FeatureAnnotations.Read(new BinaryReader(new MemoryStream(bytes)), Written.SlotNames!.Length);

    private static byte[] Bytes()
    {
        var stream = new MemoryStream();
        Written.Write(new BinaryWriter(stream));
        return stream.ToArray();
    }
}
