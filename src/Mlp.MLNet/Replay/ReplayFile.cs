using Mlp.MLNet.Reading;
using Mlp.Optimizers;
using Mlp.State;

namespace Mlp.MLNet.Replay;

/// <summary>Reads and writes the file of a replay memory.</summary>
/// <remarks>
/// <para>All numbers are little-endian.</para>
/// <code>
/// header    8 bytes   "MLPMEMRY"
///           uint16    format version: 1
///           uint16    zero
///           uint32    CRC-32C (Castagnoli) of the body
///           int64     bytes of the body; the file ends with it
/// body      32 bytes  fingerprint of the model
///           int64     rows seen
///           int32     rows that are kept at most
///           rows      see ReplayRows
///           int32     columns; of each a histogram: byte 1 for a number; int32 edges, and these, of a number; int32 counts, and these
///                     (int64); int64 missing values
///           double    epoch that the networks were best after in the first training, in the mean
///           int32     networks; of each one byte that is 1 if the optimizer's state follows, and the state (OptimizerMoments)
/// </code>
/// <para>
/// Reading trusts nothing. The checksum is compared before anything else is read from the body, and every count is checked against the
/// bytes that are left before memory is taken for it.
/// </para>
/// </remarks>
internal static class ReplayFile
{
    private const int MaxNetworkCount = 1_000, FingerprintBytes = 32;
    private const string Kind = "Replay file";

    private static readonly FileFrame Frame = new(
        "MLPMEMRY", Version: 1, Kind, Article: "the memory of a model", Damaged: ". It is damaged; save or transfer it again.",
        OtherVersion: "Update the package to load it.", BodyName: "body");

    /// <param name="stream">Takes the file; it need not be seekable.</param>
    /// <param name="memory">Not changed.</param>
    public static void Write(Stream stream, MlpReplayMemory memory) => Frame.Write(stream, writer => WriteBody(writer, memory));

    /// <param name="stream">Seekable; the file is all that follows.</param>
    /// <exception cref="ModelFileException">It is not an intact memory.</exception>
    public static MlpReplayMemory Read(Stream stream)
    {
        LittleEndianReader reader = Frame.Open(stream);
        reader.StartSection("fingerprint", FingerprintBytes + sizeof(long) + sizeof(int));
        string fingerprint = Convert.ToHexStringLower(reader.ReadBytes(FingerprintBytes));
        long seen = reader.ReadInt64();
        int capacity = reader.ReadCount("rows that are kept at most", 0, Array.MaxLength);
        (TrainingRows? rows, int[] folds) = ReplayRows.Read(reader, capacity);
        if (seen < (rows?.RowCount ?? 0))
            throw reader.Error($"{Kind} has {rows?.RowCount:N0} rows of {seen:N0}. It is damaged; save or transfer it again.");
        ColumnHistogram[] columns = ReadColumns(reader);
        reader.StartSection("networks", sizeof(double) + sizeof(int));
        double bestEpoch = reader.ReadDouble();
        if (!(bestEpoch is >= 0 and <= int.MaxValue))
            throw reader.Error($"{Kind} claims {bestEpoch} as the best epoch. It is damaged; save or transfer it again.");
        int networkCount = reader.ReadCount("networks", 1, MaxNetworkCount);
        var moments = new OptimizerMoments?[networkCount];
        for (int network = 0; network < networkCount; network++)
        {
            reader.StartSection("networks", 1);
            moments[network] = reader.ReadBoolean("the state of an optimizer") ? OptimizerMoments.Read(reader) : null;
        }
        Frame.CheckEnd(reader);
        return new MlpReplayMemory(fingerprint, seen, new Reservoir(capacity, rows, folds), columns, moments)
        {
            FirstBestEpoch = bestEpoch,
        };
    }

    private static void WriteBody(LittleEndianWriter writer, MlpReplayMemory memory)
    {
        writer.Write(Convert.FromHexString(memory.Fingerprint));
        writer.WriteInt64(memory.RowsSeen);
        writer.WriteInt32(memory.Capacity);
        ReplayRows.Write(writer, memory.Rows);
        writer.WriteInt32(memory.Columns.Length);
        foreach (ColumnHistogram column in memory.Columns)
        {
            writer.WriteBoolean(column.Edges is not null);
            if (column.Edges is { } edges)
            {
                writer.WriteInt32(edges.Length);
                writer.WriteValues<float>(edges);
            }
            writer.WriteInt32(column.Counts.Length);
            writer.WriteValues<long>(column.Counts);
            writer.WriteInt64(column.MissingCount);
        }
        writer.WriteDouble(memory.FirstBestEpoch);
        writer.WriteInt32(memory.Moments.Length);
        foreach (OptimizerMoments? moments in memory.Moments)
        {
            writer.WriteBoolean(moments is not null);
            moments?.Write(writer);
        }
    }

    private static ColumnHistogram[] ReadColumns(LittleEndianReader reader)
    {
        reader.StartSection("distributions of the columns", sizeof(int));
        int count = reader.ReadCount("columns", 0, Array.MaxLength);
        var columns = new List<ColumnHistogram>();
        for (int column = 0; column < count; column++)
        {
            float[]? edges = null;
            reader.StartSection("distribution of a column", 1 + sizeof(int));
            if (reader.ReadBoolean("a column of numbers"))
            {
                edges = reader.ReadValues<float>(reader.ReadCount("edges", 0, Array.MaxLength), "edges of a column");
                for (int edge = 1; edge < edges.Length; edge++)
                {
                    if (edges[edge] <= edges[edge - 1])
                        throw reader.Error($"{Kind} has edges that do not rise. It is damaged; save or transfer it again.");
                }
                reader.StartSection("counts of a column", sizeof(int));
            }
            int bins = reader.ReadCount("counts of a column", edges is null ? 1 : edges.Length + 1,
                edges is null ? Array.MaxLength : edges.Length + 1);
            reader.StartSection("counts of a column", ((long)bins + 1) * sizeof(long));
            var counts = new long[bins];
            for (int bin = 0; bin < bins; bin++)
                counts[bin] = ReadRowCount(reader);
            columns.Add(new ColumnHistogram(edges, counts, ReadRowCount(reader)));
        }
        return [.. columns];
    }

    /// <summary>Small enough for sums of many.</summary>
    private static long ReadRowCount(LittleEndianReader reader)
    {
        long value = reader.ReadInt64();
        return value is >= 0 and <= (1L << 52) / 4 ? value
            : throw reader.Error($"{Kind} claims {value:N0} rows in a bin. It is damaged; save or transfer it again.");
    }
}
