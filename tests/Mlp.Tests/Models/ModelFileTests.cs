using System.Numerics;
using Mlp.TestSupport;

namespace Mlp.Tests.Models;

/// <summary>What is written comes back, bit for bit, in the bytes that the format's description promises.</summary>
public class ModelFileTests
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void RoundTrip_IsExact(bool hasScaling, bool hasHistory)
    {
        CheckRoundTrip<float>(hasScaling, hasHistory);
        CheckRoundTrip<double>(hasScaling, hasHistory);
    }

    [Theory]
    [InlineData(OutputLink.Identity)]
    [InlineData(OutputLink.Softmax)]
    public void RoundTrip_OfEverythingAModelHas_IsExact(OutputLink link)
    {
        CheckFull<float>(link);
        CheckFull<double>(link);

        static void CheckFull<T>(OutputLink link)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            byte[] bytes = ModelFileSamples.Bytes(ModelFileSamples.Full<T>(link));
            AssertSame(ModelFileSamples.Full<T>(link), ModelFile.Read<T>(new MemoryStream(bytes)));
            AssertSame(ModelFileSamples.Full<T>(link), ModelFile.Read<T>(new DripStream(bytes, bytesAtATime: 3)));
        }
    }

    /// <summary>
    /// One input, one unit without bias, weight 1.5f, no scaling, no history; the checksum by an independent CRC-32C over the body.
    /// </summary>
    [Fact]
    public void Write_GivesTheGoldenBytes()
    {
        using var stream = new MemoryStream();
        ModelFile.Write(stream, Tiny());

        Assert.Equal(
            "4D4C504D4F44454C" + "0200" + "0400" + "531C83C9" + "2B00000000000000" // MLPMODEL, version, bytes of a T, checksum, length 43
            + "01000000" + "01000000" // inputs, layers
            + "01000000" + "03" + "00" + "0000" // units, ReLU, no biases, reserved
            + "00000000" + "01000000" // no embedding, one network
            + "00" + "00" + "000000000000F03F" + "00" // identity, no scaling, temperature 1, no range
            + "0000C03F" + "00000000", // the weight, no epochs
            Convert.ToHexString(stream.ToArray()));
    }

    /// <summary>The same model as the first version of the format had it.</summary>
    [Fact]
    public void Read_TakesFilesOfVersion1()
    {
        byte[] bytes = Convert.FromHexString(
            "4D4C504D4F44454C" + "0100" + "0400" + "A073DAB9" + "1A00000000000000" // MLPMODEL, version, bytes of a T, checksum, length 26
            + "01000000" + "01000000" // inputs, layers
            + "01000000" + "03" + "00" + "0000" // units, ReLU, no biases, reserved
            + "00" + "00" + "0000C03F" + "00000000"); // identity, no scaling, the weight, no epochs
        AssertSame(Tiny(), ModelFile.Read<float>(new MemoryStream(bytes)));
    }

    [Fact]
    public void Header_IsOfTheDescribedSize()
    {
        byte[] bytes = ModelFileSamples.Bytes(ModelFileSamples.Small<double>());
        Assert.Equal("MLPMODEL"u8.ToArray(), bytes[..8]);
        Assert.Equal([2, 0, 8, 0], bytes[8..12]);
        Assert.Equal(bytes.Length - 24, BitConverter.ToInt64(bytes, 16));
    }

    [Fact]
    public void OnlyAModelWithOutputOffsets_NeedsAReaderOfVersion3()
    {
        Assert.Equal([3, 0], ModelFileSamples.Bytes(ModelFileSamples.Full<float>(OutputLink.Identity))[8..10]);
        Assert.Equal([2, 0], ModelFileSamples.Bytes(ModelFileSamples.Full<float>(OutputLink.Softmax))[8..10]);
    }

    [Fact]
    public void WriteAndRead_WorkInTheMiddleOfAStream()
    {
        using var stream = new MemoryStream();
        stream.Write([1, 2, 3]);
        Model<float> model = ModelFileSamples.Small<float>();
        ModelFile.Write(stream, model);
        ModelFile.Write(stream, model);
        stream.Write([4]);

        stream.Position = 3;
        AssertSame(model, ModelFile.Read<float>(stream));
        AssertSame(model, ModelFile.Read<float>(stream));
        Assert.Equal(4, stream.ReadByte());
    }

    [Fact]
    public void Read_TakesAStreamThatIsNotSeekable_AndGivesFewBytesAtATime()
    {
        // Larger than the portion in which such a stream is read.
        var network = Network<double>.Create(300, [Layer.Dense(900, Activation.Tanh), Layer.Dense(2)], seed: 1);
        var model = new Model<double>(network);
        byte[] bytes = ModelFileSamples.Bytes(model);
        Assert.True(bytes.Length > 2 << 20);
        AssertSame(model, ModelFile.Read<double>(new DripStream(bytes, bytesAtATime: 10_007)));
    }

    [Fact]
    public void Write_DoesNotCloseTheStream_NorDoesRead()
    {
        using var stream = new MemoryStream();
        ModelFile.Write(stream, ModelFileSamples.Small<float>());
        stream.Position = 0;
        ModelFile.Read<float>(stream);
        Assert.True(stream.CanRead);
        Assert.Throws<ArgumentNullException>("stream", () => ModelFile.Read<float>(null!));
        Assert.Throws<ArgumentNullException>("stream", () => ModelFile.Write(null!, ModelFileSamples.Small<float>()));
        Assert.Throws<ArgumentNullException>("model", () => ModelFile.Write<float>(stream, null!));
    }

    [Fact]
    public void Write_WhatCouldNotBeReadAgain_IsRefused()
    {
        using var stream = new MemoryStream();
        var deep = new Model<float>(Network<float>.Create(1, [.. Enumerable.Repeat(Layer.Dense(1), 1_001)]));
        Assert.StartsWith(
            "The network has 1,001 layers; a model file holds at most 1,000.",
            Assert.Throws<ArgumentException>("model", () => ModelFile.Write(stream, deep)).Message);

        var many = new Model<float>([.. Enumerable.Repeat(Network<float>.Create(1, [.. Enumerable.Repeat(Layer.Dense(1), 100)]), 101)]);
        Assert.StartsWith(
            "The model has 101 networks of 100 layers; a model file holds at most 10,000 layers in all.",
            Assert.Throws<ArgumentException>("model", () => ModelFile.Write(stream, many)).Message);

        Model<float> diverged = ModelFileSamples.Small<float>();
        diverged.Network.Layers[1].Weights[2] = float.NaN;
        Assert.StartsWith(
            "The weights of layer 2 (2 x 3) hold NaN; a model file holds finite numbers. Train the network anew.",
            Assert.Throws<ArgumentException>("model", () => ModelFile.Write(stream, diverged)).Message);
        Assert.Equal(0, stream.Length);

        AssertRoundTrip(new Model<float>(Network<float>.Create(1, [.. Enumerable.Repeat(Layer.Dense(1), 1_000)])));
    }

    private static Model<float> Tiny() => new(Network<float>.Create(
        1, [Layer.Dense(1, Activation.Relu) with { HasBiases = false, WeightInitializer = Initializer.Constant(1.5) }]));

    private static void AssertRoundTrip(Model<float> model) =>
        AssertSame(model, ModelFile.Read<float>(new MemoryStream(ModelFileSamples.Bytes(model))));

    private static void CheckRoundTrip<T>(bool hasScaling, bool hasHistory)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Model<T> small = ModelFileSamples.Small<T>();
        // Numbers that a detour through text or another precision would change.
        T[] delicate = [T.Epsilon, -T.Epsilon, T.NegativeZero, T.BitDecrement(T.PositiveInfinity), T.BitIncrement(T.One), T.Pi];
        delicate.CopyTo(small.Network.Parameters.Values);
        var model = new Model<T>(small.Network, hasScaling ? small.Scaling : null, small.Link, hasHistory ? small.History : null);

        byte[] bytes = ModelFileSamples.Bytes(model);
        AssertSame(model, ModelFile.Read<T>(new MemoryStream(bytes)));
        AssertSame(model, ModelFile.Read<T>(new DripStream(bytes, bytesAtATime: 3)));
    }

    private static void AssertSame<T>(Model<T> expected, Model<T> actual)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Assert.Equal(expected.Networks.Count, actual.Networks.Count);
        Assert.Equal(expected.Networks.Select(network => network.OutputOffsets), actual.Networks.Select(network => network.OutputOffsets));
        for (int index = 0; index < expected.Networks.Count; index++)
            Tolerance.AssertSameBits<T>("parameters", actual.Networks[index].Parameters.Values, expected.Networks[index].Parameters.Values);
        Assert.Equal(expected.Network.Embedding?.Columns, actual.Network.Embedding?.Columns);
        Assert.Equal(expected.Temperature, actual.Temperature);
        Assert.Equal(expected.Range is null, actual.Range is null);
        if (expected.Range is not null)
        {
            Tolerance.AssertSameBits("minima", actual.Range!.Minima, expected.Range.Minima);
            Tolerance.AssertSameBits("maxima", actual.Range.Maxima, expected.Range.Maxima);
        }
        Assert.Equal(expected.Network.Parameters.Tensors, actual.Network.Parameters.Tensors);
        Assert.Equal(expected.Network.Layers.Select(layer => layer.Activation), actual.Network.Layers.Select(layer => layer.Activation));
        Assert.Equal(expected.Link, actual.Link);
        Assert.Equal(expected.Scaling is null, actual.Scaling is null);
        if (expected.Scaling is not null)
        {
            Tolerance.AssertSameBits("offsets", actual.Scaling!.Offsets, expected.Scaling.Offsets);
            Tolerance.AssertSameBits("factors", actual.Scaling.Factors, expected.Scaling.Factors);
            Assert.Equal(expected.Scaling.Limit, actual.Scaling.Limit);
        }
        Assert.Equal(expected.History, actual.History);
    }
}
