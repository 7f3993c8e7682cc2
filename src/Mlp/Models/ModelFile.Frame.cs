using System.Numerics;
using Mlp.State;

namespace Mlp;

/// <content>What the networks of a model have in common.</content>
public static partial class ModelFile
{
    /// <summary>CRC-32C of shapes, features, scalings, link and range: of everything but parameters, temperature and history.</summary>
    internal static uint FrameChecksum<T>(Model<T> model)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var writer = new LittleEndianWriter(Stream.Null);
        WriteArchitecture(writer, model.Network);
        writer.WriteByte((byte)model.Link);
        WriteScaling(writer, model);
        WriteRange(writer, model);
        WriteInputs(writer, model);
        return writer.Checksum;
    }
}
