namespace Mlp.Models.Intervals;

/// <summary>Reads and writes intervals.</summary>
/// <remarks>
/// Little-endian: byte 1, the version; int32 levels, double each, ascending; int32 parts of the range of each target's predictions; float
/// edges, targets x (parts − 1); float widths, targets x parts x levels x 2, the lower side first; float minima and maxima, one per target;
/// byte has scales (0 or 1), if 1 a model file (<see cref="ModelFile"/>) of two outputs per target.
/// </remarks>
internal static class IntervalFile
{
    private const byte Version = 1;
    private const int PortionLength = 1 << 14;

    public static void Write(BinaryWriter writer, IntervalModel<float> intervals)
    {
        writer.Write(Version);
        writer.Write(intervals.Levels.Length);
        foreach (double level in intervals.Levels)
            writer.Write(level);
        writer.Write(intervals.BinCount);
        foreach (float[] values in (float[][])[intervals.Edges, intervals.Multipliers, intervals.Minima, intervals.Maxima])
        {
            foreach (float value in values)
                writer.Write(value);
        }
        writer.Write(intervals.Scales is not null);
        if (intervals.Scales is null)
            return;
        writer.Flush();
        ModelFile.Write(writer.BaseStream, intervals.Scales);
    }

    /// <summary>Reads what <see cref="Write"/> wrote; nothing of it is trusted.</summary>
    /// <param name="reader">At its position; the intervals end the stream.</param>
    /// <param name="network">Of the model that the intervals belong to.</param>
    /// <exception cref="FormatException">They are damaged; a <see cref="ModelFileException"/> if it is the model of the scales.</exception>
    /// <exception cref="EndOfStreamException">They are cut off.</exception>
    public static IntervalModel<float> Read(BinaryReader reader, Network<float> network)
    {
        byte version = reader.ReadByte();
        if (version != Version)
            throw Damaged($"version {version}; this build reads version {Version}", "Update the package, or save it again");
        int levelCount = ReadCount(reader, "levels", IntervalModel<float>.MaxLevelCount);
        var levels = new double[levelCount];
        for (int index = 0; index < levelCount; index++)
        {
            levels[index] = reader.ReadDouble();
            if (!(levels[index] < 1 && levels[index] > (index == 0 ? 0 : levels[index - 1])))
                throw Damaged($"the level {levels[index]}; levels ascend from 0 to 1");
        }
        int targetCount = network.OutputCount, binCount = ReadCount(reader, "parts of the range", IntervalModel<float>.MaxBinCount);
        float[] edges = ReadValues(reader, (long)targetCount * (binCount - 1), float.IsFinite, "an edge");
        float[] multipliers = ReadValues(reader, (long)targetCount * binCount * levelCount * 2, value => value >= 0, "a width");
        float[] minima = ReadValues(reader, targetCount, value => !float.IsNaN(value), "a minimum");
        float[] maxima = ReadValues(reader, targetCount, value => !float.IsNaN(value), "a maximum");
        for (int target = 0; target < targetCount; target++)
        {
            if (minima[target] > maxima[target])
                throw Damaged($"bounds from {minima[target]} to {maxima[target]}; they are the wrong way round");
        }
        byte hasScales = reader.ReadByte();
        if (hasScales > 1)
            throw Damaged($"{hasScales} where 1 stands for scales and 0 for none");
        Model<float>? scales = hasScales == 1 ? ReadScales(reader, network) : null;
        if (reader.BaseStream.ReadByte() >= 0)
            throw Damaged("bytes after their end");
        return new IntervalModel<float>(levels, targetCount, edges, multipliers, minima, maxima, scales);
    }

    private static Model<float> ReadScales(BinaryReader reader, Network<float> network)
    {
        Model<float> scales = ModelFile.Read<float>(reader.BaseStream);
        bool fits = scales.Network.OutputCount == 2 * network.OutputCount && scales.Link == OutputLink.Identity
            && scales.Network.Inputs.HasShapeOf(network.Inputs) && scales.Range is not null;
        return fits ? scales : throw Damaged("scales of other features or targets than the network has");
    }

    private static int ReadCount(BinaryReader reader, string name, int maximum)
    {
        int count = reader.ReadInt32();
        return count >= 1 && count <= maximum ? count : throw Damaged($"{count} {name}; there are 1 to {maximum}");
    }

    /// <summary>Takes no more memory than values have arrived.</summary>
    private static float[] ReadValues(BinaryReader reader, long count, Func<float, bool> isPossible, string name)
    {
        var values = new List<float>((int)Math.Min(count, PortionLength));
        for (long index = 0; index < count; index++)
        {
            float value = reader.ReadSingle();
            values.Add(isPossible(value) ? value : throw Damaged($"{value} as {name}"));
        }
        return [.. values];
    }

    private static FormatException Damaged(string found, string next = "It is damaged; save or transfer it again") =>
        new($"The model file's prediction intervals have {found}. {next}.");
}
