using System.Numerics;
using System.Runtime.InteropServices;

namespace Mlp;

/// <summary>Reads and writes models in the engine's own format.</summary>
/// <remarks>
/// <para>All numbers are little-endian. "T" is a number of the file's precision: float or double.</para>
/// <code>
/// header    8 bytes   "MLPMODEL"
///           uint16    format version: 1
///           uint16    bytes of a T: 4 or 8
///           uint32    CRC-32C (Castagnoli) of the body
///           int64     bytes of the body; the file ends with it
/// body      int32     inputs, at least 1
///           int32     layers, 1 to 1,000
///           per layer int32 units, byte activation, byte has biases (0 or 1), uint16 zero
///           byte      output link
///           byte      has scaling (0 or 1); if 1: inputs x T offsets, inputs x T factors
///           T[]       parameters, in the order of ParameterBlock
///           int32     epochs in the history
///           per epoch int32 epoch, int32 number of epochs, double loss, validation loss and metric (NaN for
///                     none), learning rate, gradient norm, seconds
/// </code>
/// <para>
/// Reading trusts nothing: every count is checked against the bytes that are left before memory is taken for it, at most as much
/// memory as bytes have arrived is taken ahead, and a number that is not finite is refused.
/// </para>
/// </remarks>
public static class ModelFile
{
    internal const ushort FormatVersion = 1;
    internal const int HeaderSize = 24, MaxLayerCount = 1_000;

    private const int LayerSize = 8, EpochSize = 56;

    internal static ReadOnlySpan<byte> Magic => "MLPMODEL"u8;

    /// <summary>Writes a model at the stream's position.</summary>
    /// <param name="stream">Takes the bytes; it is not closed.</param>
    /// <param name="model">Is written exactly: reading gives the same bits.</param>
    /// <exception cref="ArgumentException">
    /// The model has parameters that are not finite or more than 1,000 layers, and could not be read again. Nothing was written.
    /// </exception>
    public static void Write<T>(Stream stream, Model<T> model)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(model);
        CheckReadable(model.Network);
        // The checksum stands before the body, so the body is written twice: once to be summed up.
        var counting = new ModelFileWriter(Stream.Null);
        WriteBody(counting, model);
        var writer = new ModelFileWriter(stream);
        writer.Write(Magic);
        writer.WriteUInt16(FormatVersion);
        writer.WriteUInt16((ushort)Marshal.SizeOf<T>());
        writer.WriteInt32((int)counting.Checksum);
        writer.WriteInt64(counting.Length);
        WriteBody(writer, model);
    }

    /// <summary>Reads a model from the stream's position.</summary>
    /// <param name="stream">Gives the bytes; it need not be seekable, and is not closed.</param>
    /// <typeparam name="T">The precision the model was written with.</typeparam>
    /// <exception cref="ModelFileException">It is not an intact model file of this precision; the message says where and why.</exception>
    /// <exception cref="IOException">The stream could not be read.</exception>
    public static Model<T> Read<T>(Stream stream)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(stream);
        var reader = new ModelFileReader(stream);
        uint checksum = ReadHeader<T>(reader);
        Model<T> model = ReadBody<T>(reader);
        if (reader.Remaining != 0)
        {
            throw reader.Error(
                $"Model file has {reader.Remaining:N0} bytes after its last field. It is damaged; save or transfer it again.");
        }
        if (reader.Checksum != checksum)
        {
            throw reader.Error(
                $"Model file has checksum {reader.Checksum:x8} where its header says {checksum:x8}. It is damaged; save or transfer it again.");
        }
        return model;
    }

    internal static void WriteHistory(ModelFileWriter writer, IReadOnlyList<EpochReport> history)
    {
        writer.WriteInt32(history.Count);
        foreach (EpochReport report in history)
        {
            writer.WriteInt32(report.Epoch);
            writer.WriteInt32(report.NumberOfEpochs);
            foreach (double? value in (ReadOnlySpan<double?>)
                [report.Loss, report.ValidationLoss, report.ValidationMetric, report.LearningRate, report.GradientNorm, report.Seconds])
            {
                writer.WriteDouble(value ?? double.NaN);
            }
        }
    }

    internal static List<EpochReport> ReadHistory(ModelFileReader reader)
    {
        reader.StartSection("training history", 4);
        int epochCount = reader.ReadCount("epochs", minimum: 0, maximum: (int)Math.Min(int.MaxValue, reader.Remaining / EpochSize));
        reader.StartSection("training history", (long)epochCount * EpochSize);
        var history = new List<EpochReport>();
        for (int index = 0; index < epochCount; index++)
        {
            (int epoch, int numberOfEpochs) = (reader.ReadInt32(), reader.ReadInt32());
            double loss = reader.ReadDouble();
            (double? validationLoss, double? metric) = (NullIfNaN(reader.ReadDouble()), NullIfNaN(reader.ReadDouble()));
            (double learningRate, double gradientNorm, double seconds) = (reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble());
            history.Add(new EpochReport(epoch, numberOfEpochs, loss, validationLoss, learningRate, gradientNorm, seconds)
            {
                ValidationMetric = metric,
            });
        }
        return history;

        static double? NullIfNaN(double value) => double.IsNaN(value) ? null : value;
    }

    private static void CheckReadable<T>(Network<T> network)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (network.Layers.Count > MaxLayerCount)
        {
            throw new ArgumentException(
                $"The network has {network.Layers.Count:N0} layers; a model file holds at most {MaxLayerCount:N0}.", "model");
        }
        foreach (ParameterTensor tensor in network.Parameters.Tensors)
        {
            foreach (T value in network.Parameters[tensor])
            {
                if (!T.IsFinite(value))
                {
                    throw new ArgumentException(
                        $"The {tensor.Name} hold {value}; a model file holds finite numbers. Train the network anew.", "model");
                }
            }
        }
    }

    private static uint ReadHeader<T>(ModelFileReader reader)
        where T : unmanaged
    {
        reader.StartSection("header", HeaderSize);
        Span<byte> magic = stackalloc byte[8];
        reader.Read(magic);
        if (!magic.SequenceEqual(Magic))
            throw reader.Error("This is not a model file: it does not begin with MLPMODEL.");
        int version = reader.ReadUInt16();
        if (version != FormatVersion)
        {
            throw reader.Error(
                $"Model file has format version {version}; this build reads version {FormatVersion}. Update the package to load it.");
        }
        int size = reader.ReadUInt16();
        if (size != Marshal.SizeOf<T>())
        {
            throw reader.Error(size is 4 or 8
                ? $"Model file holds numbers of {size} bytes and is read as {typeof(T).Name}; read it as {(size == 4 ? "Single" : "Double")}."
                : $"Model file holds numbers of {size} bytes; only 4 and 8 exist. It is damaged; save or transfer it again.");
        }
        var checksum = (uint)reader.ReadInt32();
        reader.StartBody(reader.ReadInt64());
        return checksum;
    }

    private static void WriteBody<T>(ModelFileWriter writer, Model<T> model)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Network<T> network = model.Network;
        writer.WriteInt32(network.InputCount);
        writer.WriteInt32(network.Layers.Count);
        foreach (DenseLayer<T> layer in network.Layers)
        {
            writer.WriteInt32(layer.UnitCount);
            writer.WriteByte((byte)layer.Activation);
            writer.WriteByte(layer.BiasTensor is null ? (byte)0 : (byte)1);
            writer.WriteUInt16(0);
        }
        writer.WriteByte((byte)model.Link);
        writer.WriteByte(model.Scaling is null ? (byte)0 : (byte)1);
        if (model.Scaling is not null)
        {
            writer.WriteValues(model.Scaling.Offsets);
            writer.WriteValues(model.Scaling.Factors);
        }
        writer.WriteValues<T>(network.Parameters.Values);
        WriteHistory(writer, model.History);
    }

    private static Model<T> ReadBody<T>(ModelFileReader reader)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        reader.StartSection("architecture", 8);
        int inputCount = reader.ReadCount("inputs", minimum: 1, maximum: Array.MaxLength);
        int layerCount = reader.ReadCount("layers", minimum: 1, maximum: MaxLayerCount);
        reader.StartSection("architecture", layerCount * LayerSize);
        var layers = new Layer[layerCount];
        for (int index = 0; index < layerCount; index++)
        {
            int units = reader.ReadCount($"units of layer {index + 1}", minimum: 1, maximum: Array.MaxLength);
            var activation = (Activation)reader.ReadByte();
            if (!Enum.IsDefined(activation))
            {
                throw reader.Error(
                    $"Model file names activation {(int)activation} for layer {index + 1}; the last one is {(int)Activation.Softplus}.");
            }
            bool hasBiases = reader.ReadBoolean($"biases of layer {index + 1}");
            if (reader.ReadUInt16() != 0)
                throw reader.Error($"Model file has a value other than 0 in the reserved field of layer {index + 1}.");
            layers[index] = Layer.Dense(units, activation) with { HasBiases = hasBiases, WeightInitializer = Initializer.Zero };
        }
        var link = (OutputLink)reader.ReadByte();
        if (!Enum.IsDefined(link))
            throw reader.Error($"Model file names output link {(int)link}; the last one is {(int)OutputLink.Exponential}.");
        FeatureScaling<T>? scaling = null;
        if (reader.ReadBoolean("scaling"))
        {
            T[] offsets = reader.ReadValues<T>(inputCount, $"offsets of the {inputCount:N0} inputs");
            scaling = new FeatureScaling<T>(offsets, reader.ReadValues<T>(inputCount, $"factors of the {inputCount:N0} inputs"));
        }
        Network<T> network = ReadParameters<T>(reader, inputCount, layers);
        return new Model<T>(network, scaling, link, ReadHistory(reader));
    }

    /// <summary>The parameters arrive before the network that holds them is made: until then the architecture is a mere claim.</summary>
    private static Network<T> ReadParameters<T>(ModelFileReader reader, int inputCount, Layer[] layers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var parts = new List<T[]>();
        int fanIn = inputCount;
        for (int index = 0; index < layers.Length; index++)
        {
            var layer = (DenseLayerDescription)layers[index];
            parts.Add(reader.ReadValues<T>((long)layer.Units * fanIn, $"weights of layer {index + 1} ({layer.Units} x {fanIn})"));
            if (layer.HasBiases)
                parts.Add(reader.ReadValues<T>(layer.Units, $"biases of layer {index + 1} ({layer.Units})"));
            fanIn = layer.Units;
        }
        if (parts.Sum(part => (long)part.Length) > Array.MaxLength - 64)
            throw reader.Error($"Model file holds more parameters than the {Array.MaxLength:N0} that fit in an array.");
        var network = Network<T>.Create(inputCount, layers);
        Span<T> values = network.Parameters.Values;
        foreach (T[] part in parts)
        {
            part.CopyTo(values);
            values = values[part.Length..];
        }
        return network;
    }
}
