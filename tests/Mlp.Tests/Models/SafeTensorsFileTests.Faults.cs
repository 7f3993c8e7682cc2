using Mlp.TestSupport;
using Mlp.TestSupport.Fuzzing;

namespace Mlp.Tests.Models;

/// <content>Files that are damaged, or none of such networks.</content>
public partial class SafeTensorsFileTests
{
    [Fact]
    public void CutOffAtEveryByte_IsToldSo()
    {
        byte[] file = Bytes(new Model<float>(Network<float>.Create(2, [Layer.Dense(3, Activation.Relu), Layer.Dense(1)])));
        for (int length = 0; length < file.Length; length++)
        {
            foreach (Stream stream in (Stream[])[new MemoryStream(file[..length]), new DripStream(file[..length], bytesAtATime: 11)])
            {
                var exception = Assert.Throws<SafeTensorsException>(() => SafeTensorsFile.Read<float>(stream, Activation.Relu));
                Assert.Equal(length, exception.Position);
                Assert.StartsWith($"Safetensors file ends after {length:N0} bytes, inside the ", exception.Message);
            }
        }
    }

    [Theory]
    [InlineData("""[]""", 0, "something else than an object of tensors at byte 8")]
    [InlineData("""{"a":1}""", 0, "something else than an object at byte 13")]
    [InlineData("""{"a" 1}""", 0, "a header that is no JSON of such files from byte 9 on")]
    [InlineData("""{} x""", 0, "a header that is no JSON of such files from byte")]
    [InlineData("""{"a":{"shape":[[[1]]]}}""", 0, "a header that is no JSON of such files from byte")]
    [InlineData("""{"__metadata__":{"a":1}}""", 0, "something else than a text at byte 29")]
    [InlineData("""{"a\ud800":{}}""", 0, "a text at byte 9 that is no Unicode")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1]}}""", 0, "tensor 'a' without dtype, shape or data_offsets")]
    [InlineData("""{"a":{"dtype":"F32","dtype":"F32"}}""", 0, "'dtype' in tensor 'a'; dtype, shape and data_offsets are "
        + "expected, each once")]
    [InlineData("""{"a":{"pickle":"F32"}}""", 0, "'pickle' in tensor 'a'")]
    [InlineData("""{"a":{"dtype":7}}""", 0, "something else than a text at byte 22")]
    [InlineData("""{"a":{"shape":[1.5]}}""", 0, "a whole number from 0 to 9,223,372,036,854,775,807 in a list at byte 23")]
    [InlineData("""{"a":{"shape":[-1]}}""", 0, "a whole number from 0")]
    [InlineData("""{"a":{"shape":[9223372036854775808]}}""", 0, "a whole number from 0")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}""", 4, "data_offsets for tensor 'a' that are not a first "
        + "byte and an end")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0]}}""", 4, "data_offsets for tensor 'a'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[1,5]}}""", 5, "tensor 'a' (1 of 'F32') at bytes 1 to 5 of its data, "
        + "where the one before ends at 0")]
    [InlineData("""{"0.weight":{"dtype":"F32","shape":[1,1],"data_offsets":[0,4]},"0.bias":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4, "neither overlap")]
    [InlineData("""{"0.weight":{"dtype":"F32","shape":[1,1],"data_offsets":[0,4]},"0.weight":{"dtype":"F32","shape":[1,1],"data_offsets":[4,8]}}""", 8, "names '0.weight' twice")]
    [InlineData("""{"0.weight":{"dtype":"F32","shape":[1,1],"data_offsets":[0,9223372036854775807]}}""", 4, " bytes, inside the tensors")]
    [InlineData("""{"0.weight":{"dtype":"F32","shape":[1,1],"data_offsets":[0,4]}}""", 5, "goes on after its last tensor, which "
        + "ends at byte 75")]
    [InlineData("""{}""", 0, "0 layers with the prefix ''")]
    [InlineData("""{"0.weight":{"dtype":"F32","shape":[1,2],"data_offsets":[0,4]}}""", 4, "4 bytes for '0.weight' (1 x 2 of 'F32'), "
        + "which takes 8")]
    [InlineData("""{"0.weight":{"dtype":"F32","shape":[2147483647,2147483647],"data_offsets":[0,4]}}""",
        4, "which takes 18,446,744,056,529,682,436; at most")]
    [InlineData("""{"0.weight":{"dtype":"F32","shape":[4294967297,1],"data_offsets":[0,4]}}""", 4, "a weight has 2 sizes from 1 to "
        + "2,147,483,647")]
    [InlineData("""{"0.weight":{"dtype":"F32","shape":[0,3],"data_offsets":[0,0]}}""", 0, "a weight has 2 sizes from 1")]
    [InlineData("""{"0.weight":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4, "'0.weight' (1 of 'F32'); a weight has 2 sizes")]
    [InlineData("""{"0.weight":{"dtype":"I64","shape":[1,1],"data_offsets":[0,8]}}""", 8, "'0.weight' (1 x 1 of 'I64'); layers are of "
        + "F64, F32, F16 or BF16")]
    [InlineData("""{"0.bias":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4, "'0.bias' (1 of 'F32'), and no 0.weight "
        + "to go with it")]
    [InlineData("""{"0.weight":{"dtype":"F32","shape":[1,1],"data_offsets":[0,4]},"0.bias":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", 12, "'0.bias' (2 of 'F32') for '0.weight' (1 x 1 of 'F32'); each row needs one number")]
    [InlineData("""{"0.weight":{"dtype":"F32","shape":[1,1],"data_offsets":[0,4]},"1.weight":{"dtype":"F32","shape":[1,2],"data_offsets":[4,12]}}""", 12, "'1.weight' (1 x 2 of 'F32') after '0.weight' (1 x 1 of 'F32'); a layer has as many columns")]
    [InlineData("""{"1.running_mean":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4, "'1.running_mean' (1 of 'F32'), which is "
        + "no part of a torch.nn.Sequential")]
    [InlineData("""{"00.weight":{"dtype":"F32","shape":[1,1],"data_offsets":[0,4]}}""", 4, "'00.weight' (1 x 1 of 'F32'), which "
        + "is no part of")]
    [InlineData("""{"9999999999.weight":{"dtype":"F32","shape":[1,1],"data_offsets":[0,4]}}""", 4, "which is no part of")]
    public void Fault_IsNamed(string header, int dataLength, string message)
    {
        byte[] file = SafeTensorsBytes.File(header, dataLength);
        var exception = Assert.Throws<SafeTensorsException>(() => SafeTensorsFile.Read<float>(new MemoryStream(file), Activation.Relu));
        Assert.StartsWith("Safetensors file ", exception.Message);
        Assert.Contains(message, exception.Message);
        Assert.InRange(exception.Position, 0, file.Length);
    }

    [Theory]
    [InlineData(0UL)]
    [InlineData(1UL)]
    [InlineData(100_000_001UL)]
    [InlineData(ulong.MaxValue)]
    public void LengthOfHeader_IsBounded(ulong length)
    {
        byte[] file = [.. BitConverter.GetBytes(length), .. "{}"u8];
        var exception = Assert.Throws<SafeTensorsException>(() => SafeTensorsFile.Read<float>(new MemoryStream(file), Activation.Relu));
        Assert.StartsWith($"Safetensors file claims a header of {length:N0} bytes; 2 to 100,000,000 are possible.", exception.Message);
        Assert.Equal(0, exception.Position);
    }

    [Fact]
    public void HeaderThatIsNotUtf8_IsRefused()
    {
        byte[] file = SafeTensorsBytes.File("""{"abcd":{}}""", 0);
        file[10] = 0xFF;
        Assert.Contains(
            "has a header that is not UTF-8",
            Assert.Throws<SafeTensorsException>(() => SafeTensorsFile.Read<float>(new MemoryStream(file), Activation.Relu)).Message);
    }

    [Theory]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.NegativeInfinity, "-Infinity")]
    [InlineData(1e300, "1E+300")]
    public void NumberThatAFloatCannotHold_IsNamedWithItsPlace(double number, string text)
    {
        byte[] file = File(
            """{"0.weight":{"dtype":"F64","shape":[1,2],"data_offsets":[0,16]}}""",
            [.. BitConverter.GetBytes(1.0), .. BitConverter.GetBytes(number)]);
        var exception = Assert.Throws<SafeTensorsException>(() => SafeTensorsFile.Read<float>(new MemoryStream(file), Activation.Relu));
        Assert.StartsWith($"Safetensors file holds {text} as number 1 of '0.weight' (1 x 2 of 'F64'); only numbers that Single can hold",
            exception.Message);
        Assert.Equal(file.Length - 8, exception.Position);
    }

    [Fact]
    public void LongNames_AreShortenedInMessages()
    {
        byte[] file =
            SafeTensorsBytes.File($$$"""{"{{{new string('x', 100_000)}}}":{"dtype":"F32","shape":[1,1],"data_offsets":[0,4]}}""", 4);
        Assert.InRange(
            Assert.Throws<SafeTensorsException>(() => SafeTensorsFile.Read<float>(new MemoryStream(file), Activation.Relu)).Message.Length,
            100, 500);
    }

    [Fact]
    public void UnknownActivation_IsRefused()
    {
        var exception = Assert.Throws<ArgumentOutOfRangeException>(() => SafeTensorsFile.Read<float>(Stream.Null, (Activation)99));
        Assert.StartsWith("activation is 99; it must be one of Identity, Sigmoid, ", exception.Message);
        Assert.Throws<ArgumentOutOfRangeException>(
            "outputActivation", () => SafeTensorsFile.Read<float>(Stream.Null, Activation.Relu, (Activation)99));
    }

    /// <summary>The short form of what tests/Mlp.Soak does for as long as it is told to.</summary>
    [Trait("Speed", "Slow")]
    [Fact]
    public void DamagedFiles_GiveANetworkOrSafeTensorsException_InTimeAndWithinMemory()
    {
        var limits = new FuzzLimits(MaxInputCount: 20_000, SystematicStride: 7);
        foreach (FuzzTarget target in (FuzzTarget[])[
            new SafeTensorsTarget<float>(canSeek: true), new SafeTensorsTarget<double>(canSeek: false)])
        {
            FuzzReport report = new Fuzzer(target, seed: 1).Run(limits);
            Assert.Empty(report.Failures);
            Assert.Equal(limits.MaxInputCount, report.InputCount);
            // Both ends must be reached, and many ways to the second, or the damage is not worth its name.
            Assert.InRange(report.AcceptedCount, 500, report.RefusedCount);
            Assert.InRange(report.Shapes.Count, 20, 200);
        }
    }
}
