using System.Numerics;
using System.Runtime.InteropServices;
using Mlp.Data;
using Mlp.State;

namespace Mlp;

/// <summary>Reads and writes models in the engine's own format.</summary>
/// <remarks>
/// <para>All numbers are little-endian. "T" is a number of the file's precision: float or double.</para>
/// <code>
/// header    8 bytes   "MLPMODEL"
///           uint16    format version: 5 for numbers with bins or curves, 4 for other features that are not all numbers or may be missing,
///                     3 for other networks with output offsets, otherwise 2
///           uint16    bytes of a T: 4 or 8
///           uint32    CRC-32C (Castagnoli) of the body
///           int64     bytes of the body; the file ends with it
/// body      int32     inputs: dense numbers of a row, at least 1; at least 0 from version 4 on
///           int32     layers, 1 to 1,000
///           per layer int32 units, byte activation, byte has biases (0 or 1), uint16 zero
///         * int32     columns of the embedding; 0 for none
///         * if any:   int32 frequencies, int32 outputs, columns x int32 column, ascending
///         * int32     networks, at least 1; networks x layers at most 10,000
///           byte      output link
///           byte      has scaling (0 or 1); if 1: inputs x T offsets, inputs x T factors,
///         *           byte has limit (0 or 1); if 1: T limit; from version 5 on int32 curves, per curve int32 feature, ascending,
///                     int32 points, points x T inputs, ascending, points x T outputs
///         * double    temperature
///         * byte      has range (0 or 1); if 1: outputs x T minima, outputs x T maxima
///        ** double[]  output offsets, networks x outputs
///       *** features, see below
///           T[]       parameters, network after network, each in the order of ParameterBlock
///           int32     epochs in the history
///           per epoch int32 epoch, int32 number of epochs, double loss, validation loss and metric (NaN for
///                     none), learning rate, gradient norm, seconds,
///         *           int32 network
/// *                   not in files of version 1, which hold one network without these parts
/// **                  not in files of versions 1 and 2, whose networks have no such offsets; from version 4 on, where
///                     they may have none, behind a byte that says whether they are there (0 or 1)
/// ***                 from version 4 on, before the networks:
/// features  byte      has middles (0 or 1); if 1: inputs x T middles
///           int32     numbers that may be missing; their int32 columns, ascending
///           byte      has layout (0 or 1); the rest of these only if 1
///           int32     slots of the feature vector; inputs x int32 slot of each number, ascending
///           int32     categories; per category int32 first slot (−1: a column of its own; −2, from version 5 on: the bins of a
///                     number), int32 values, int32 width, of bins int32 number, (values − 1) x double edge, ascending
///           int32     sparse slots; their int32 slots, ascending
///           byte      has scaling of the sparse slots (0 or 1); if 1: T factor of each, byte has limit, if 1: T limit
/// parameters          of a network with features: those of its layers, a value per number that may be missing, the
///                     embedding of unknown values of each category, that of its values, the weights of sparse slots
/// </code>
/// <para>
/// Reading trusts nothing: every count is checked against the bytes that are left before memory is taken for it, at most as much
/// memory as bytes have arrived is taken ahead, and a number that is not finite is refused.
/// </para>
/// </remarks>
public static partial class ModelFile
{
    internal const ushort FormatVersion = 6;
    internal const int MaxLayerCount = 1_000, MaxLayersOfAllNetworks = 10_000;

    // What builds before the output offsets read, too.
    private const ushort VersionWithoutOffsets = 2, VersionWithOffsets = 3, VersionWithInputs = 4, VersionWithBins = 5,
        VersionWithCrosses = 6;

    internal static ReadOnlySpan<byte> Magic => "MLPMODEL"u8;

    /// <summary>Writes a model at the stream's position.</summary>
    /// <param name="stream">Takes the bytes; it is not closed.</param>
    /// <param name="model">Is written exactly: reading gives the same bits.</param>
    /// <exception cref="ArgumentException">
    /// The model has parameters that are not finite, more than 1,000 layers, or 10,000 in all networks, and could not be read again.
    /// Nothing was written.
    /// </exception>
    public static void Write<T>(Stream stream, Model<T> model)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(model);
        CheckReadable(model);
        // The checksum stands before the body, so the body is written twice: once to be summed up.
        var counting = new LittleEndianWriter(Stream.Null);
        WriteBody(counting, model);
        var writer = new LittleEndianWriter(stream);
        writer.Write(Magic);
        writer.WriteUInt16(
            HasCrosses(model) ? VersionWithCrosses : HasBins(model) || HasCurves(model) ? VersionWithBins
            : HasInputs(model) ? VersionWithInputs : HasOffsets(model) ? VersionWithOffsets : VersionWithoutOffsets);
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
        var reader = new LittleEndianReader(stream);
        (int version, uint checksum) = ReadHeader<T>(reader);
        Model<T> model = ReadBody<T>(reader, version);
        if (reader.Remaining != 0)
        {
            throw reader.Error(
                $"Model file has {reader.Remaining:N0} bytes after its last field. It is damaged; save or transfer it again.");
        }
        if (reader.Checksum != checksum)
        {
            throw reader.Error(
                $"Model file has checksum {reader.Checksum:x8} where its header says {checksum:x8}. It is damaged; save or "
                    + "transfer it again.");
        }
        return model;
    }

    private static bool HasOffsets<T>(Model<T> model)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => model.Networks.Any(network => network.OutputOffsets.Count > 0);

    private static void CheckReadable<T>(Model<T> model)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (model.Network.Layers.Count > MaxLayerCount)
        {
            throw new ArgumentException(
                $"The network has {model.Network.Layers.Count:N0} layers; a model file holds at most {MaxLayerCount:N0}.", nameof(model));
        }
        if (model.Networks.Count > MaxLayersOfAllNetworks / model.Network.Layers.Count)
        {
            throw new ArgumentException(
                $"The model has {model.Networks.Count:N0} networks of {model.Network.Layers.Count:N0} layers; a model file holds at most "
                    + $"{MaxLayersOfAllNetworks:N0} layers in all.",
                nameof(model));
        }
        foreach (Network<T> network in model.Networks)
        {
            foreach (ParameterTensor tensor in network.Parameters.Tensors)
            {
                foreach (T value in network.Parameters[tensor])
                {
                    if (!T.IsFinite(value))
                    {
                        throw new ArgumentException(
                            $"The {tensor.Name} hold {value}; a model file holds finite numbers. Train the network anew.", nameof(model));
                    }
                }
            }
        }
    }

    private static (int Version, uint Checksum) ReadHeader<T>(LittleEndianReader reader)
        where T : unmanaged
    {
        reader.StartSection("header", LittleEndianReader.HeaderSize);
        Span<byte> magic = stackalloc byte[8];
        reader.Read(magic);
        if (!magic.SequenceEqual(Magic))
            throw reader.Error("This is not a model file: it does not begin with MLPMODEL.");
        int version = reader.ReadUInt16();
        if (version is < 1 or > FormatVersion)
        {
            throw reader.Error(
                $"Model file has format version {version}; this build reads versions 1 to {FormatVersion}. Update the package to load it.");
        }
        int size = reader.ReadUInt16();
        if (size != Marshal.SizeOf<T>())
        {
            throw reader.Error(size is 4 or 8
                ? $"Model file holds numbers of {size} bytes and is read as {typeof(T).Name}; read it as "
                    + $"{(size == 4 ? "Single" : "Double")}."
                : $"Model file holds numbers of {size} bytes; only 4 and 8 exist. It is damaged; save or transfer it again.");
        }
        var checksum = (uint)reader.ReadInt32();
        reader.StartBody(reader.ReadInt64());
        return (version, checksum);
    }

    /// <summary>Everything that predictions come from, and nothing else. What is added to the format for some models only must leave the
    /// bytes of the others as they are: <see cref="Model{T}.Fingerprint"/> is made of them.</summary>
    internal static void WriteContent<T>(LittleEndianWriter writer, Model<T> model)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        WriteArchitecture(writer, model.Network);
        writer.WriteInt32(model.Networks.Count);
        writer.WriteByte((byte)model.Link);
        WriteScaling(writer, model);
        writer.WriteDouble(model.Temperature);
        WriteRange(writer, model);
        if (HasInputs(model))
            writer.WriteBoolean(HasOffsets(model));
        if (HasOffsets(model))
        {
            foreach (Network<T> network in model.Networks)
                writer.WriteValues<double>(network.OutputOffsets.Count > 0 ? [.. network.OutputOffsets] : new double[network.OutputCount]);
        }
        if (HasInputs(model))
            WriteInputs(writer, model);
        foreach (Network<T> network in model.Networks)
            writer.WriteValues<T>(network.Parameters.Values);
    }

    private static void WriteScaling<T>(LittleEndianWriter writer, Model<T> model)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        writer.WriteBoolean(model.Scaling is not null);
        if (model.Scaling is { } scaling)
        {
            writer.WriteValues(scaling.Offsets);
            writer.WriteValues(scaling.Factors);
            writer.WriteBoolean(scaling.Limit is not null);
            if (scaling.Limit is { } limit)
                writer.WriteValues<T>([limit]);
            if (HasBins(model) || HasCurves(model) || HasCrosses(model))
                WriteCurves(writer, scaling.Curves);
        }
    }

    private static void WriteRange<T>(LittleEndianWriter writer, Model<T> model)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        writer.WriteBoolean(model.Range is not null);
        if (model.Range is { } range)
        {
            writer.WriteValues(range.Minima);
            writer.WriteValues(range.Maxima);
        }
    }

    private static void WriteBody<T>(LittleEndianWriter writer, Model<T> model)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        WriteContent(writer, model);
        WriteHistory(writer, model.History);
    }

    private static Model<T> ReadBody<T>(LittleEndianReader reader, int version)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Architecture architecture = ReadArchitecture(reader, version);
        var link = (OutputLink)reader.ReadByte();
        if (!Enum.IsDefined(link))
            throw reader.Error($"Model file names output link {(int)link}; the last one is {(int)OutputLink.Exponential}.");
        FeatureScaling<T>? scaling = ReadScaling<T>(reader, architecture.Inputs.NumberCount, version);
        double temperature = 1;
        TargetRange<T>? range = null;
        if (version >= 2)
        {
            reader.StartSection("temperature", 9);
            temperature = reader.ReadDouble();
            if (!(temperature > 0 && double.IsFinite(temperature)))
                throw reader.Error($"Model file has temperature {temperature}; only positive, finite numbers are possible.");
            range = ReadRange<T>(reader, architecture.Layers[^1].Units, link);
        }
        bool hasOffsets = version == VersionWithOffsets || (version >= VersionWithInputs && reader.ReadBoolean("output offsets"));
        double[] offsets = hasOffsets ? ReadOffsets(reader, architecture, link) : [];
        Features<T> features = version >= VersionWithInputs ? ReadInputs<T>(reader, version, ref architecture) : default;
        var networks = new List<Network<T>>();
        for (int index = 0; index < architecture.NetworkCount; index++)
        {
            Network<T> network = ReadParameters<T>(reader, architecture);
            ReadOnlySpan<double> own = offsets.Length == 0 ? [] : offsets.AsSpan(index * network.OutputCount, network.OutputCount);
            if (own.ContainsAnyExcept(0))
                network.OutputOffsets = own.ToArray();
            networks.Add(network);
        }
        return new Model<T>(networks, scaling, link, ReadHistory(reader, version))
        {
            Temperature = temperature,
            Range = range,
            Layout = features.Layout,
            Middles = features.Middles,
            SparseScaling = features.SparseScaling,
        };
    }

    private static FeatureScaling<T>? ReadScaling<T>(LittleEndianReader reader, int inputCount, int version)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (!reader.ReadBoolean("scaling"))
            return null;
        T[] offsets = reader.ReadValues<T>(inputCount, $"offsets of the {inputCount:N0} inputs");
        T[] factors = reader.ReadValues<T>(inputCount, $"factors of the {inputCount:N0} inputs");
        T? limit = null;
        if (version >= 2 && reader.ReadBoolean("the limit of the scaling"))
        {
            limit = reader.ReadValues<T>(1, "limit of the scaling")[0];
            if (limit <= T.Zero)
                throw reader.Error($"Model file has {limit} as the limit of the scaling; only positive numbers are possible.");
        }
        FeatureCurve<T>[] curves = version >= VersionWithBins ? ReadCurves<T>(reader, inputCount) : [];
        return new FeatureScaling<T>(offsets, factors, limit) { Curves = curves };
    }

    private static double[] ReadOffsets(LittleEndianReader reader, Architecture architecture, OutputLink link)
    {
        if (link != OutputLink.Identity)
            throw reader.Error($"Model file has offsets for outputs with the link {link}; only {OutputLink.Identity} has some.");
        int outputCount = architecture.Layers[^1].Units;
        return reader.ReadValues<double>(
            (long)architecture.NetworkCount * outputCount, $"offsets of {architecture.NetworkCount:N0} x {outputCount:N0} outputs");
    }

    private static TargetRange<T>? ReadRange<T>(LittleEndianReader reader, int outputCount, OutputLink link)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (!reader.ReadBoolean("range"))
            return null;
        if (link != OutputLink.Identity)
            throw reader.Error($"Model file has a range for outputs with the link {link}; only {OutputLink.Identity} has one.");
        T[] minima = reader.ReadValues<T>(outputCount, $"minima of the {outputCount:N0} outputs");
        T[] maxima = reader.ReadValues<T>(outputCount, $"maxima of the {outputCount:N0} outputs");
        for (int output = 0; output < minima.Length; output++)
        {
            if (minima[output] > maxima[output])
                throw reader.Error(
                    $"Model file has a range from {minima[output]} to {maxima[output]} for output {output}; they are the wrong way round.");
        }
        return new TargetRange<T>(minima, maxima);
    }
}
