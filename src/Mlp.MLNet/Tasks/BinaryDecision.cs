namespace Mlp.MLNet.Tasks;

/// <summary>How a binary model predicts a class from its score.</summary>
/// <param name="Threshold">A larger score is the positive class; finite.</param>
/// <param name="PositiveKey">Which value of the label's key the positive class is, 1 or 2; null where the prediction is a Boolean.</param>
internal readonly record struct BinaryDecision(float Threshold, int? PositiveKey)
{
    /// <summary>The threshold (float32) and one byte that is the key, or 0 for none.</summary>
    public void Write(BinaryWriter writer)
    {
        writer.Write(Threshold);
        writer.Write((byte)(PositiveKey ?? 0));
    }

    /// <summary>Reads what <see cref="Write"/> wrote; nothing of it is trusted.</summary>
    /// <exception cref="FormatException">It is damaged.</exception>
    public static BinaryDecision Read(BinaryReader reader)
    {
        float threshold = reader.ReadSingle();
        byte key = reader.ReadByte();
        if (!float.IsFinite(threshold) || key > 2)
            throw new FormatException(
                $"The model file has the threshold {threshold} and the positive key {key}, which must be finite and 0 to 2. It is "
                    + "damaged; save or transfer it again.");
        return new BinaryDecision(threshold, key == 0 ? null : key);
    }

    /// <summary>The key of a score: the positive class above the threshold, 0 for NaN.</summary>
    public uint KeyOf(float score) => float.IsNaN(score) ? 0 : score > Threshold ? (uint)PositiveKey! : 3 - (uint)PositiveKey!;
}
