using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using Mlp.Data;
using Mlp.Networks;
using Mlp.TestSupport;
using Mlp.TestSupport.Fuzzing;

namespace Mlp.Tests.Models;

public class SafeTensorsFileTests
{
    private const string Metadata = """{"__metadata__":{"format":"pt","activations":"Relu, Identity, Identity","link":"Identity"},""";

    [Fact]
    public void Header_HasNamesAndShapesOfATorchSequential()
    {
        // Linear(2, 3), ReLU(), Linear(3, 2, bias=False), Linear(2, 1)
        var network = Network<float>.Create(
            2, [Layer.Dense(3, Activation.Relu), Layer.Dense(2) with { HasBiases = false }, Layer.Dense(1)], seed: 1);
        byte[] file = Bytes(new Model<float>(network));
        string header = Encoding.UTF8.GetString(SafeTensorsBytes.Header(file));
        Assert.Equal(
            Metadata + """
            "0.weight":{"dtype":"F32","shape":[3,2],"data_offsets":[0,24]},
            "0.bias":{"dtype":"F32","shape":[3],"data_offsets":[24,36]},
            "2.weight":{"dtype":"F32","shape":[2,3],"data_offsets":[36,60]},
            "3.weight":{"dtype":"F32","shape":[1,2],"data_offsets":[60,68]},
            "3.bias":{"dtype":"F32","shape":[1],"data_offsets":[68,72]}}
            """.ReplaceLineEndings(""),
            header.TrimEnd(' '));
        // The data begin at a multiple of 8 bytes and are the numbers as they lie in memory.
        Assert.Equal(0, (8 + header.Length) % 8);
        Assert.Equal(72, file.Length - 8 - header.Length);
        Assert.Equal(network.Layers[0].Weights[1], BinaryPrimitives.ReadSingleLittleEndian(file.AsSpan(8 + header.Length + 4)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void OutputOffsets_ArePartOfTheLastBiases(bool hasBiases)
    {
        var network = Network<double>.Create(1, [Layer.Dense(2, Activation.Tanh), Layer.Dense(1) with { HasBiases = hasBiases }], seed: 1);
        network.OutputOffsets = [2_460_000.25];
        Network<double> read = SafeTensorsFile.Read<double>(new MemoryStream(Bytes(new Model<double>(network))), Activation.Tanh);
        Assert.Equal((hasBiases ? network.Layers[1].Biases[0] : 0) + 2_460_000.25, read.Layers[1].Biases[0]);
        Assert.Empty(read.OutputOffsets);
    }

    [Fact]
    public void RoundTrip_KeepsEveryBit()
    {
        RoundTrip<float>();
        RoundTrip<double>();

        static void RoundTrip<T>()
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            var network = Network<T>.Create(
                5, [Layer.Dense(7, Activation.Silu), Layer.Dense(4, Activation.Silu) with { HasBiases = false }, Layer.Dense(2)], seed: 3);
            byte[] file = Bytes(new Model<T>(network), "model.layers.");
            foreach (Stream stream in (Stream[])[new MemoryStream(file), new DripStream(file, bytesAtATime: 7)])
            {
                Network<T> read = SafeTensorsFile.Read<T>(stream, Activation.Silu, prefix: "model.layers.");
                Assert.True(read.HasShapeOf(network));
                Assert.Equal(network.Parameters.Values, read.Parameters.Values);
            }
        }
    }

    [Fact]
    public void SeveralNetworks_HaveTheirIndexBeforeTheName()
    {
        Network<float>[] networks =
            [.. Enumerable.Range(0, 3).Select(seed => Network<float>.Create(2, [Layer.Dense(3, Activation.Tanh), Layer.Dense(1)], seed))];
        byte[] file = Bytes(new Model<float>(networks), "nets.");
        for (int index = 0; index < networks.Length; index++)
        {
            var read = SafeTensorsFile.Read<float>(new MemoryStream(file), Activation.Tanh, prefix: $"nets.{index}.");
            Assert.Equal(networks[index].Parameters.Values, read.Parameters.Values);
        }
        var exception = Assert.Throws<SafeTensorsException>(() => SafeTensorsFile.Read<float>(new MemoryStream(file), Activation.Tanh));
        Assert.Contains(
            "has 'nets.0.0.weight' (3 x 2 of 'F32'), which is no part of a torch.nn.Sequential of torch.nn.Linear with the prefix ''",
            exception.Message);
    }

    [Fact]
    public void Metadata_TellsWhatElseTheModelDoes()
    {
        string header = Encoding.UTF8.GetString(SafeTensorsBytes.Header(Bytes(ModelFileSamples.Full<float>(OutputLink.Identity))));
        Assert.StartsWith(
            """{"__metadata__":{"format":"pt","activations":"Silu, Identity","link":"Identity","embedding.columns":"0, 2","scaling.offsets":"0.5, 1, 2","scaling.factors":"0.5, 1, 2","scaling.limit":"3","temperature":"0.875","range.minima":"-1, -2","range.maxima":"1, 0"},""",
            header);
        Assert.Contains("""
            "2.embedding.frequencies":{"dtype":"F32","shape":[2,4],
            """, header);
        Assert.Contains("""
            "2.embedding.weight":{"dtype":"F32","shape":[2,2,4],
            """, header);
    }

    [Fact]
    public void PartsBeforeTheLayers_HaveNamesShapesAndMetadata()
    {
        Model<float> model = MixedModelTests.Create();
        byte[] file = Bytes(model);
        string header = Encoding.UTF8.GetString(SafeTensorsBytes.Header(file));
        string sparseSlots = string.Join(", ", Mixed.Layout.SparseSlots);
        foreach (string text in (string[])
            [
                """
                "features":"49","number.slots":"0, 1, 2","category0.slots":"3, 4, 5, 6","category1.slots":"7, 8",
                """,
                """
                "category3.slots":"","category2.number":"0","category2.edges":"0","category3.number":"1",
                """,
                "\"category3.edges\":\"-0.25, 0, 0.25\",\"sparse.slots\":\"" + sparseSlots + "\"",
                "\"sparse.factors\":\"1.5, 1.5, ", "\"sparse.limit\":\"3\"", "\"missing.columns\":\"0, 2\"",
                "\"missing.middles\":\"0, 0, 0\"",
                """
                "1.missing.values":{"dtype":"F32","shape":[2],
                """,
                """
                "1.category0.unknown":{"dtype":"F32","shape":[3],
                """,
                """
                "1.category0.weight":{"dtype":"F32","shape":[4,3],
                """,
                """
                "1.category1.weight":{"dtype":"F32","shape":[2,2],
                """,
                """
                "1.sparse.weight":{"dtype":"F32","shape":[40,4],
                """,
            ])
        {
            Assert.Contains(text, header);
        }
        // Every parameter is there, as it lies in memory: first the values of missing numbers, of the first network.
        int start = 8 + BitConverter.ToInt32(file);
        Assert.Equal(start + 4 * model.Networks.Sum(network => network.Parameters.Length), file.Length);
        Network<float> first = model.Networks[0];
        Assert.Equal(first.Encoder!.MissingValues[1], BitConverter.ToSingle(file, start + 4));
        Assert.Equal(first.Encoder.Table(0)[0], BitConverter.ToSingle(file, start + 4 * (2 + 3)));
    }

    [Theory]
    [InlineData("missing.values")]
    [InlineData("category0.unknown")]
    [InlineData("category12.weight")]
    [InlineData("sparse.weight")]
    [InlineData("embedding.phases")]
    public void PartsBeforeTheLayers_AreNotRead(string name)
    {
        byte[] file = SafeTensorsBytes.File($$$"""{"{{{name}}}":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4);
        Assert.Equal(
            $"Safetensors file has '{name}' (1 of 'F32'), which a network has before its layers; only layers are read from such files. "
                + "Keep such a network in a model file.",
            Assert.Throws<SafeTensorsException>(() => SafeTensorsFile.Read<float>(new MemoryStream(file), Activation.Relu)).Message);
    }

    [Fact]
    public void RowsOfSparseSlotsAlone_HaveALayerWithoutColumns()
    {
        var inputs = new InputDescription(0) { SparseCount = 3 };
        var model = new Model<double>(Network<double>.Create(inputs, [Layer.Dense(2)], seed: 1))
        {
            Layout = new FeatureLayout { SlotCount = 4, NumberSlots = [], SparseSlots = [0, 2, 3] },
        };
        string header = Encoding.UTF8.GetString(SafeTensorsBytes.Header(Bytes(model)));
        Assert.Contains("""
            "sparse.weight":{"dtype":"F64","shape":[3,2],"data_offsets":[0,48]},
            """, header);
        Assert.Contains("""
            "0.weight":{"dtype":"F64","shape":[2,0],"data_offsets":[48,48]},
            """, header);
    }

    /// <summary>1, −2.5 and the largest number of F16, of which BF16 has the first 8 bits; worked by hand.</summary>
    [Theory]
    [InlineData("F16", "003C00C1FF7B", 65504)]
    [InlineData("BF16", "803F20C07F47", 65280)]
    [InlineData("F32", "0000803F000020C000E07F47", 65504)]
    [InlineData("F64", "000000000000F03F00000000000004C00000000000FCEF40", 65504)]
    public void EveryType_IsConverted(string type, string hex, double last)
    {
        byte[] data = Convert.FromHexString(hex);
        byte[] file = File($$$"""{"0.weight":{"dtype":"{{{type}}}","shape":[1,3],"data_offsets":[0,{{{data.Length}}}]}}""", data);
        Assert.Equal([1, -2.5f, (float)last], SafeTensorsFile.Read<float>(new MemoryStream(file), Activation.Relu).Parameters.Values);
        Assert.Equal([1, -2.5, last], SafeTensorsFile.Read<double>(new MemoryStream(file), Activation.Relu).Parameters.Values);
    }

    [Fact]
    public void OrderAndOtherTensors_DoNotMatter()
    {
        byte[] file = File(
            """{"net.10.weight":{"data_offsets":[20,24],"shape":[1,1],"dtype":"F32"},"step":{"dtype":"I64","shape":[],"data_offsets":[4,12]},"net.2.bias":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"net.2.weight":{"dtype":"F32","shape":[1,2],"data_offsets":[12,20]}}  """,
            [.. BitConverter.GetBytes(5f), .. new byte[8], .. BitConverter.GetBytes(1f), .. BitConverter.GetBytes(2f),
                .. BitConverter.GetBytes(3f)]);
        Network<float> network = SafeTensorsFile.Read<float>(new DripStream(file, 3), Activation.Relu, Activation.Sigmoid, "net.");
        Assert.Equal([1, 2, 5, 3], network.Parameters.Values);
        Assert.Equal([Activation.Relu, Activation.Sigmoid], network.Layers.Select(layer => layer.Activation));
    }

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

    private static byte[] Bytes<T>(Model<T> model, string prefix = "")
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var stream = new MemoryStream();
        SafeTensorsFile.Write(stream, model, prefix);
        return stream.ToArray();
    }

    private static byte[] File(string header, byte[] data) => [.. SafeTensorsBytes.File(header, dataLength: 0), .. data];
}
