using System.Text;
using Mlp.State;

namespace Mlp.MLNet.Tuning;

/// <summary>What one network of a search said of the rows that it was not trained on, in a file.</summary>
/// <remarks>
/// <para>All numbers are little-endian.</para>
/// <code>
/// header    8 bytes   "MLPTRIAL"
///           uint16    format version: 1
///           uint16    zero
///           uint32    CRC-32C (Castagnoli) of the body
///           int64     bytes of the body; the file ends with it
/// body      64 bytes  SHA-256 of what the training depends on, in hexadecimal digits
///           double    seconds of the training
///           int32     outputs; 0 for a training that diverged
///           float     each of them
/// </code>
/// <para>Reading trusts nothing: checksum and counts are looked at before memory is taken.</para>
/// </remarks>
internal static class TrialFile
{
    private const int IdentityLength = 64;

    private static readonly FileFrame Frame = new(
        "MLPTRIAL", Version: 1, Kind: "Trial", Article: "a trial of a search", Damaged: ". It is damaged; delete it.",
        OtherVersion: "Go on with the build that wrote it, or in another folder.", BodyName: "body");

    public static void Write(string path, string identity, TrialOutcome outcome) =>
        FileTarget.Write(path, stream => Frame.Write(stream, writer =>
        {
            writer.Write(Encoding.ASCII.GetBytes(identity));
            writer.WriteDouble(outcome.Seconds);
            writer.WriteInt32(outcome.Outputs?.Length ?? 0);
            writer.WriteValues<float>(outcome.Outputs ?? []);
        }));

    /// <param name="path">Of a file that may be there.</param>
    /// <param name="identity">It must have.</param>
    /// <param name="outputCount">It must have, unless the training diverged.</param>
    /// <returns>Null where there is no file.</returns>
    /// <exception cref="ModelFileException">It is not an intact trial.</exception>
    /// <exception cref="InvalidOperationException">It is that of another search.</exception>
    public static TrialOutcome? Read(string path, string identity, int outputCount)
    {
        if (!File.Exists(path))
            return null;
        using FileStream file = File.OpenRead(path);
        LittleEndianReader reader = Frame.Open(file);
        reader.StartSection("identity", IdentityLength + sizeof(double) + sizeof(int));
        if (Encoding.ASCII.GetString(reader.ReadBytes(IdentityLength)) != identity)
        {
            throw new InvalidOperationException(
                $"'{path}' is a trial of another search: of other data, options or another seed. Give the folder of this search, or one "
                    + "that is empty.");
        }
        double seconds = reader.ReadDouble();
        if (!(seconds >= 0 && double.IsFinite(seconds)))
            throw reader.Error($"Trial took {seconds} seconds. It is damaged; delete it.");
        int count = reader.ReadCount("outputs", 0, Array.MaxLength);
        if (count != 0 && count != outputCount)
            throw reader.Error($"Trial has {count:N0} outputs; the fold has {outputCount:N0}. It is damaged; delete it.");
        float[] outputs = reader.ReadValues<float>(count, "outputs");
        Frame.CheckEnd(reader);
        return new TrialOutcome(count == 0 ? null : outputs, seconds);
    }
}

/// <summary>What became of one network of a search.</summary>
/// <param name="Outputs">[held-out rows x outputs]; null where the training diverged.</param>
/// <param name="Seconds">Of the training.</param>
internal sealed record TrialOutcome(float[]? Outputs, double Seconds);
