using Mlp.MLNet.Interop;
using Mlp.MLNet.Tasks;
using Mlp.Models.Intervals;

namespace Mlp.MLNet.Models;

/// <summary>Intervals and sets in a transformer's entry of the model zip.</summary>
/// <remarks>Intervals: <see cref="IntervalFile"/>. Sets: double level, in (0, 1); float threshold, in [0, 1].</remarks>
internal static class CoverageParts
{
    private const string IntervalsEntryName = "Intervals", SetsEntryName = "Sets";

    public static void Save(ModelEntryWriter file, Coverage coverage)
    {
        if (coverage.Intervals is { } intervals)
            file.AddPart(IntervalsEntryName, writer => IntervalFile.Write(writer, intervals));
        if (coverage.Sets is { } sets)
        {
            file.AddPart(SetsEntryName, writer =>
            {
                writer.Write(sets.Level);
                writer.Write(sets.Threshold);
            });
        }
    }

    /// <param name="file">At the entry.</param>
    /// <param name="model">That they belong to.</param>
    /// <exception cref="FormatException">A part is damaged; a <see cref="ModelFileException"/> if it is the model of the
    /// scales.</exception>
    /// <exception cref="EndOfStreamException">A part is cut off.</exception>
    public static Coverage Read(ModelEntryReader file, MlpModelParameters model)
    {
        IntervalModel<float>? intervals = null;
        LabelSets? sets = null;
        file.TryReadPart(IntervalsEntryName, reader => intervals = IntervalFile.Read(reader, model.EngineModel.Network));
        file.TryReadPart(SetsEntryName, reader => sets = ReadSets(reader));
        return intervals is null && sets is null ? Coverage.None : new Coverage(intervals, sets);
    }

    private static LabelSets ReadSets(BinaryReader reader)
    {
        (double level, float threshold) = (reader.ReadDouble(), reader.ReadSingle());
        bool isIntact = level is > 0 and < 1 && threshold is >= 0 and <= 1 && reader.BaseStream.ReadByte() < 0;
        return isIntact ? new LabelSets(level, threshold) : throw new FormatException(
            $"The model file's prediction sets have level {level} and threshold {threshold}, or bytes after these. It is damaged; save or "
                + "transfer it again.");
    }
}
