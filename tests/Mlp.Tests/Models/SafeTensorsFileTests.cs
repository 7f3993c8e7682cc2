using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using Mlp.Data;
using Mlp.Networks;
using Mlp.TestSupport;
using Mlp.TestSupport.Fuzzing;

namespace Mlp.Tests.Models;

public partial class SafeTensorsFileTests
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
                "category5.slots":"","category2.number":"0","category2.edges":"0","category3.number":"1",
                """,
                "\"category3.edges\":\"-0.25, 0, 0.25\",\"category4.first\":\"category0\",\"category4.second.number\":\"2\"",
                "\"category5.second\":\"category1\",\"sparse.slots\":\"" + sparseSlots + "\"",
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

    private static byte[] Bytes<T>(Model<T> model, string prefix = "")
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var stream = new MemoryStream();
        SafeTensorsFile.Write(stream, model, prefix);
        return stream.ToArray();
    }

    private static byte[] File(string header, byte[] data) => [.. SafeTensorsBytes.File(header, dataLength: 0), .. data];
}
