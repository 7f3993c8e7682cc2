using System.Globalization;
using System.Numerics;
using Mlp.Data;
using Mlp.Networks;
using Mlp.TestSupport;
using Mlp.TestSupport.Fuzzing;

namespace Mlp.Tests.Models;

/// <summary>
/// Whatever happens to a file, reading it gives <see cref="ModelFileException"/> and nothing else, and takes no memory on credit.
/// </summary>
public class DamagedModelFileTests
{
    [Fact]
    public void Read_CutOffAnywhere_SaysSo()
    {
        CheckTruncation<float>();
        CheckTruncation<double>();
    }

    [Theory]
    [InlineData(30, "architecture")]
    [InlineData(50, "architecture")]
    [InlineData(58, "embedding")]
    [InlineData(62, "architecture")]
    [InlineData(70, "offsets of the 2 inputs")]
    [InlineData(85, "temperature")]
    [InlineData(100, "weights of layer 1 (3 x 2)")]
    [InlineData(120, "biases of layer 1 (3)")]
    [InlineData(135, "weights of layer 2 (2 x 3)")]
    [InlineData(170, "training history")]
    public void Read_CutOff_NamesWhatIsMissing(int length, string section)
    {
        byte[] bytes = ModelFileSamples.Bytes(ModelFileSamples.Small<float>());
        string message = $"Model file ends after {length} of {bytes.Length} bytes, inside the {section}. "
            + "The copy is incomplete; save or transfer it again.";

        ModelFileException exception = Refused<float>(new MemoryStream(bytes[..length]));
        Assert.Equal(message, exception.Message);
        Assert.Equal(length, exception.Position);
        Assert.Equal(message, Refused<float>(new DripStream(bytes[..length], bytesAtATime: 7)).Message);
    }

    [Fact]
    public void Read_AnyByteChanged_IsRefused()
    {
        byte[] bytes = ModelFileSamples.Bytes(ModelFileSamples.Small<float>());
        for (int position = 0; position < bytes.Length; position++)
        {
            for (int difference = 1; difference < 256; difference++)
            {
                byte[] damaged = [.. bytes];
                damaged[position] ^= (byte)difference;
                Refused<float>(new MemoryStream(damaged));
            }
            bytes[position] ^= 0x55;
            Refused<float>(new DripStream(bytes, bytesAtATime: 1000));
            bytes[position] ^= 0x55;
        }
        ModelFile.Read<float>(new MemoryStream(bytes));
    }

    [Fact]
    public void Read_AnyByteChanged_WithAChecksumToMatch_GivesAModelOrIsRefused()
    {
        CheckFlips(ModelFileSamples.Bytes(ModelFileSamples.Small<float>()), step: 1);
        CheckFlips(ModelFileSamples.Bytes(ModelFileSamples.Full<float>(OutputLink.Identity)), step: 7);
        CheckFlips(ModelFileSamples.Bytes(MixedModelTests.Create()), step: 31);
    }

    private static void CheckFlips(byte[] file, int step)
    {
        byte[] body = file[24..];
        for (int position = 0; position < body.Length; position++)
        {
            for (int difference = 1; difference < 256; difference += step)
            {
                body[position] ^= (byte)difference;
                try
                {
                    ModelFile.Read<float>(new MemoryStream(ModelFileBytes.WithBody(file, body)));
                }
                catch (ModelFileException)
                {
                }
                body[position] ^= (byte)difference;
            }
        }
    }

    [Theory]
    [InlineData(8, 7, "Model file has format version 7; this build reads versions 1 to 6. Update the package to load it.")]
    [InlineData(8, 0, "Model file has format version 0; this build reads versions 1 to 6.")]
    [InlineData(10, 8, "Model file holds numbers of 8 bytes and is read as Single; read it as Double.")]
    [InlineData(10, 3, "Model file holds numbers of 3 bytes; only 4 and 8 exist.")]
    [InlineData(0, 'X', "This is not a model file: it does not begin with MLPMODEL.")]
    [InlineData(23, 0x80, "Model file claims a body of -9,223,372,036,854,775,")]
    [InlineData(12, 0x77, "Model file has checksum ")]
    public void Read_ImpossibleHeader_IsNamed(int position, int value, string message)
    {
        byte[] bytes = ModelFileSamples.Bytes(ModelFileSamples.Small<float>());
        bytes[position] = (byte)value;
        Assert.StartsWith(message, Refused<float>(new MemoryStream(bytes)).Message);
    }

    [Fact]
    public void Read_TooShortByItsOwnHeader_PointsIntoTheFile()
    {
        byte[] bytes = ModelFileSamples.Bytes(ModelFileSamples.Small<float>())[..40];
        BitConverter.GetBytes(20L).CopyTo(bytes, ModelFileBytes.LengthPosition);
        ModelFileException exception = Refused<float>(new MemoryStream(bytes));
        Assert.Equal(
            "Model file claims to be 44 bytes long, which end inside the architecture. It is damaged; save or transfer it again.",
            exception.Message);
        Assert.Equal(32, exception.Position);
    }

    [Fact]
    public void Read_InTheOtherPrecision_SaysWhichOneItIs() => Assert.Equal(
        "Model file holds numbers of 4 bytes and is read as Double; read it as Single.",
        Refused<double>(new MemoryStream(ModelFileSamples.Bytes(ModelFileSamples.Small<float>()))).Message);

    [Theory]
    [InlineData(0, "00000000", "Model file claims 0 inputs; between 1 and ")]
    [InlineData(0, "FFFFFFFF", "Model file claims -1 inputs;")]
    [InlineData(4, "E9030000", "Model file claims 1,001 layers; between 1 and 1,000 are possible.")]
    [InlineData(4, "E8030000", "inside the architecture")]
    [InlineData(8, "00000000", "Model file claims 0 units of layer 1;")]
    [InlineData(12, "0B", "Model file names activation 11 for layer 1; the last one is 10.")]
    [InlineData(13, "02", "Model file has 2 in the flag for biases of layer 1, which is 0 or 1.")]
    [InlineData(14, "0100", "Model file has a value other than 0 in the reserved field of layer 1.")]
    [InlineData(32, "03000000", "Model file claims 3 columns of the embedding; between 0 and 2 are possible.")]
    [InlineData(36, "00000000", "Model file claims 0 networks of 3 layers; between 1 and 3,333 are possible.")]
    [InlineData(40, "04", "Model file names output link 4; the last one is 3.")]
    [InlineData(41, "07", "Model file has 7 in the flag for scaling, which is 0 or 1.")]
    [InlineData(42, "0000C07F", "Model file holds NaN among the offsets of the 2 inputs; only finite numbers are possible.")]
    [InlineData(58, "02", "Model file has 2 in the flag for the limit of the scaling, which is 0 or 1.")]
    [InlineData(59, "000000000000F0BF", "Model file has temperature -1; only positive, finite numbers are possible.")]
    [InlineData(67, "01", "Model file has a range for outputs with the link Softmax; only Identity has one.")]
    [InlineData(76, "000080FF", "among the weights of layer 1 (3 x 2); only finite numbers are possible.")]
    [InlineData(140, "03000000", "Model file claims 3 epochs; between 0 and 2 are possible.")]
    [InlineData(140, "01000000", "Model file has 60 bytes after its last field.")]
    [InlineData(200, "FFFFFFFF", "Model file claims -1 as the index of a network;")]
    public void Read_ImpossibleField_IsNamed(int position, string hex, string message)
    {
        byte[] file = ModelFileSamples.Bytes(ModelFileSamples.Small<float>()), body = file[24..];
        Convert.FromHexString(hex).CopyTo(body, position);
        Assert.Contains(message, Refused<float>(new MemoryStream(ModelFileBytes.WithBody(file, body))).Message);
    }

    /// <summary>Fields that only the full model has, by their place from the end of the layers on.</summary>
    [Theory]
    [InlineData(28, "00000000", "Model file claims 0 frequencies;")]
    [InlineData(32, "00000000", "Model file claims 0 outputs of the embedding;")]
    [InlineData(28, "FFFFFF7F", "Model file claims ")]
    [InlineData(40, "00000000", "Model file claims 0 as the next column of the embedding; between 1 and 2 are possible.")]
    [InlineData(40, "03000000", "Model file claims 3 as the next column of the embedding; between 1 and 2 are possible.")]
    [InlineData(75, "000000C0", "Model file has -2 as the limit of the scaling; only positive numbers are possible.")]
    [InlineData(88, "00000040", "Model file has a range from 2 to 1 for output 0; they are the wrong way round.")]
    public void Read_ImpossibleFieldOfAFullModel_IsNamed(int position, string hex, string message)
    {
        byte[] file = ModelFileSamples.Bytes(ModelFileSamples.Full<float>(OutputLink.Identity)), body = file[24..];
        Convert.FromHexString(hex).CopyTo(body, position);
        Assert.Contains(message, Refused<float>(new MemoryStream(ModelFileBytes.WithBody(file, body))).Message);
    }

    /// <summary>
    /// Fields of a model of a number, a category of two values, and one sparse slot, by their places in the table of
    /// <see cref="ModelFile"/>.
    /// </summary>
    [Theory]
    [InlineData(0, "00000000", "Model file claims 1 numbers that may be missing; between 0 and 0 are possible.")]
    [InlineData(35, "02", "Model file has 2 in the flag for output offsets, which is 0 or 1.")]
    [InlineData(36, "02", "Model file has 2 in the flag for middles, which is 0 or 1.")]
    [InlineData(37, "02000000", "Model file claims 2 numbers that may be missing; between 0 and 1 are possible.")]
    [InlineData(41, "01000000", "Model file claims 1 as the next of the numbers that may be missing; between 0 and 0 are possible.")]
    [InlineData(45, "03", "Model file has 3 in the flag for layout, which is 0 or 1.")]
    [InlineData(46, "00000000", "Model file claims 0 slots; between 1 and ")]
    [InlineData(50, "05000000", "Model file claims 5 as the next of the number slots; between 0 and 4 are possible.")]
    [InlineData(54, "FFFFFF7F", "Model file claims 2,147,483,647 categories; between 0 and ")]
    [InlineData(58, "FEFFFFFF", "Model file has a category in slots -2 to -1 of 5, the ones before 0 being taken.")]
    [InlineData(58, "04000000", "Model file has a category in slots 4 to 5 of 5, the ones before 0 being taken.")]
    [InlineData(62, "00000000", "Model file claims 0 values of a category;")]
    [InlineData(66, "00000000", "Model file claims 0 numbers per value of a category;")]
    [InlineData(66, "FFFFFF0F", "inside the weights of layer 1 (1 x 268435457)")]
    [InlineData(70, "06000000", "Model file claims 6 sparse slots; between 0 and 5 are possible.")]
    [InlineData(74, "FFFFFFFF", "Model file claims -1 as the next of the sparse slots; between 0 and 4 are possible.")]
    [InlineData(50, "02000000", "Model file has slot 2 of the features as a number and of a category. It is damaged;")]
    [InlineData(74, "01000000", "Model file has slot 1 of the features as a sparse one and of a category. It is damaged;")]
    [InlineData(74, "00000000", "Model file has slot 0 of the features as a number and a sparse one. It is damaged;")]
    [InlineData(78, "02", "Model file has 2 in the flag for scaling of the sparse slots, which is 0 or 1.")]
    [InlineData(79, "0000807F", "among the factors of the 1 sparse slots; only finite numbers are possible.")]
    [InlineData(83, "02", "Model file has 2 in the flag for the limit of the sparse slots, which is 0 or 1.")]
    [InlineData(84, "000000C0", "Model file has -2 as the limit of the sparse slots; only positive numbers are possible.")]
    public void Read_ImpossibleFieldOfFeatures_IsNamed(int position, string hex, string message)
    {
        byte[] file = ModelFileSamples.Bytes(OfEachKind()), body = file[24..];
        Convert.FromHexString(hex).CopyTo(body, position);
        Assert.Contains(message, Refused<float>(new MemoryStream(ModelFileBytes.WithBody(file, body))).Message);
    }

    [Theory]
    [InlineData(37)]
    [InlineData(46)]
    [InlineData(54)]
    [InlineData(62)]
    [InlineData(66)]
    [InlineData(70)]
    public void Read_HugeCountsOfFeatures_TakeNoMemory(int position)
    {
        byte[] bytes = ModelFileSamples.Bytes(OfEachKind());
        BitConverter.GetBytes(2_000_000_000).CopyTo(bytes, 24 + position);
        BitConverter.GetBytes(long.MaxValue - 1000).CopyTo(bytes, 16);
        foreach (Stream stream in (Stream[])[new DripStream(bytes, bytesAtATime: 50), new MemoryStream(bytes)])
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            Refused<float>(stream);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 3 << 20);
        }
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(0, true)]
    [InlineData(8, false)]
    [InlineData(8, true)]
    [InlineData(16, true)]
    public void Read_HugeCounts_TakeNoMemory(int position, bool drip)
    {
        // 2,000,000,000 inputs or units, in a file that claims to be large enough.
        byte[] bytes = ModelFileSamples.Bytes(ModelFileSamples.Small<float>());
        BitConverter.GetBytes(2_000_000_000).CopyTo(bytes, 24 + position);
        BitConverter.GetBytes(long.MaxValue - 1000).CopyTo(bytes, 16);

        long before = GC.GetAllocatedBytesForCurrentThread();
        Refused<float>(drip ? new DripStream(bytes, bytesAtATime: 50) : new MemoryStream(bytes));
        // A megabyte is taken ahead of a stream that does not know its length, and another one by a stream that only reads into arrays.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 3 << 20);
    }

    private static Model<float> OfEachKind()
    {
        var inputs = new InputDescription(1) { MissingColumns = [0], Categories = [new CategoryDescription(2, 1)], SparseCount = 1 };
        return new Model<float>(Network<float>.Create(inputs, [Layer.Dense(1)]))
        {
            Layout = new FeatureLayout { SlotCount = 5, NumberSlots = [0], Categories = [new CategorySlots(1, 2)], SparseSlots = [4] },
            SparseScaling = new FeatureScaling<float>([0], [1], 3),
        };
    }

    private static void CheckTruncation<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CheckTruncation<T>(ModelFileSamples.Bytes(ModelFileSamples.Small<T>()));
        if (typeof(T) == typeof(float))
            CheckTruncation<float>(ModelFileSamples.Bytes(MixedModelTests.Create()));
    }

    private static void CheckTruncation<T>(byte[] bytes)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int length = 0; length < bytes.Length; length++)
        {
            // Before the length field is complete only the header is known.
            int expected = length < 24 ? 24 : bytes.Length;
            string start = string.Create(
                CultureInfo.InvariantCulture, $"Model file ends after {length:N0} of {expected:N0} bytes, inside the ");
            Assert.StartsWith(start, Refused<T>(new MemoryStream(bytes[..length])).Message);
            Assert.StartsWith(start, Refused<T>(new DripStream(bytes[..length], bytesAtATime: 5)).Message);
        }
    }

    private static ModelFileException Refused<T>(Stream stream)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Assert.Throws<ModelFileException>(() => ModelFile.Read<T>(stream));
}
