using System.Runtime.InteropServices;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.MLNet.Reading;

/// <summary>What the annotations of a feature column say of its slots. What is null they do not say, and nothing contradicts it.</summary>
/// <param name="SlotNames">One per slot; an empty one says nothing.</param>
/// <param name="CategoricalSlotRanges">The first and the last slot of each category, range after range.</param>
/// <param name="IsNormalized">Whether the features are normalized.</param>
internal sealed record FeatureAnnotations(string[]? SlotNames, int[]? CategoricalSlotRanges, bool? IsNormalized)
{
    private const string Ranges = "CategoricalSlotRanges", Normalized = "IsNormalized";
    private const byte HasSlotNames = 1, HasRanges = 2, HasIsNormalized = 4, IsNormalizedValue = 8, AllFlags = 15;

    public static FeatureAnnotations Of(DataViewSchema.Column column) => new(SlotNamesOf(column), RangesOf(column), IsNormalizedOf(column));

    /// <summary>Where both say something else of a slot, as a sentence; null when nothing contradicts.</summary>
    /// <param name="other">What is said elsewhere.</param>
    /// <param name="columnName">Of the feature column.</param>
    /// <param name="place">Where this is said: "the validation data".</param>
    /// <param name="otherPlace">Where the other is.</param>
    public string? DifferenceFrom(FeatureAnnotations other, string columnName, string place, string otherPlace)
    {
        if (SlotNames is not null && other.SlotNames is not null && IndexOfOtherName(SlotNames, other.SlotNames) is >= 0 and int slot)
        {
            return $"The slot names of feature column '{columnName}' differ, first in slot {slot}: '{SlotNames[slot]}' in {place}, "
                + $"'{other.SlotNames[slot]}' in {otherPlace}.";
        }
        if (CategoricalSlotRanges is not null && other.CategoricalSlotRanges is not null
            && !CategoricalSlotRanges.SequenceEqual(other.CategoricalSlotRanges))
        {
            int range = CategoricalSlotRanges.AsSpan().CommonPrefixLength(other.CategoricalSlotRanges) / 2;
            return $"The categorical slot ranges of feature column '{columnName}' differ, first in range {range}: {Range(range)} in "
                + $"{place}, {other.Range(range)} in {otherPlace}.";
        }
        return (IsNormalized, other.IsNormalized) is (bool here, bool there) && here != there
            ? $"Feature column '{columnName}' says that it is {(here ? "normalized" : "not normalized")} in {place}, and that it is "
                + $"{(there ? "normalized" : "not normalized")} in {otherPlace}."
            : null;
    }

    /// <summary>Where only one says that the features are normalized, as a sentence; null when both or none do.</summary>
    /// <inheritdoc cref="DifferenceFrom" path="/param"/>
    public string? NormalizationDoubt(FeatureAnnotations other, string columnName, string place, string otherPlace) =>
        (IsNormalized == true) == (other.IsNormalized == true) ? null
            : $"Feature column '{columnName}' is annotated as normalized in {(IsNormalized == true ? place : otherPlace)}, and not in "
                + $"{(IsNormalized == true ? otherPlace : place)}.";

    /// <summary>
    /// One byte of flags (1: slot names follow, 2: ranges follow, 4: it is said whether the features are normalized, 8: they are); the slot
    /// names, texts as <see cref="BinaryWriter.Write(string)"/> writes them; the number of ranges (int32) and two int32 for each.
    /// </summary>
    public void Write(BinaryWriter writer)
    {
        writer.Write((byte)((SlotNames is null ? 0 : HasSlotNames) | (CategoricalSlotRanges is null ? 0 : HasRanges)
            | (IsNormalized is null ? 0 : HasIsNormalized) | (IsNormalized == true ? IsNormalizedValue : 0)));
        foreach (string name in SlotNames ?? [])
            writer.Write(name);
        if (CategoricalSlotRanges is not null)
        {
            writer.Write(CategoricalSlotRanges.Length / 2);
            foreach (int slot in CategoricalSlotRanges)
                writer.Write(slot);
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote; nothing of it is trusted.</summary>
    /// <param name="reader">At their position; they are all that follows.</param>
    /// <param name="slotCount">How many slots there are.</param>
    /// <exception cref="FormatException">They are damaged.</exception>
    /// <exception cref="EndOfStreamException">They are cut off.</exception>
    public static FeatureAnnotations Read(BinaryReader reader, int slotCount)
    {
        byte flags = reader.ReadByte();
        if (flags > AllFlags)
            throw Damaged($"flags {flags} where {AllFlags} is the largest value");
        string[]? names = null;
        if ((flags & HasSlotNames) != 0)
        {
            // Each takes a byte at least: a damaged count must not take memory ahead.
            if (slotCount > Remaining(reader))
                throw new EndOfStreamException();
            names = [.. Enumerable.Range(0, slotCount).Select(_ => LabelValues.ReadText(reader).ToString())];
        }
        int[]? ranges = (flags & HasRanges) != 0 ? ReadRanges(reader, slotCount) : null;
        if (Remaining(reader) != 0)
            throw Damaged("bytes after their end");
        return new FeatureAnnotations(names, ranges, (flags & HasIsNormalized) != 0 ? (flags & IsNormalizedValue) != 0 : null);
    }

    private static int[] ReadRanges(BinaryReader reader, int slotCount)
    {
        int count = reader.ReadInt32();
        if (count < 0 || count > slotCount)
            throw Damaged($"{count} categorical ranges of {slotCount} slots");
        if (2L * count * sizeof(int) > Remaining(reader))
            throw new EndOfStreamException();
        var ranges = new int[2 * count];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(ranges.AsSpan()));
        if (!BitConverter.IsLittleEndian)
            System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(ranges, ranges);
        return ranges;
    }

    private static long Remaining(BinaryReader reader) => reader.BaseStream.Length - reader.BaseStream.Position;

    private static FormatException Damaged(string what) =>
        new($"The model file has {what} in the annotations of its features. It is damaged; save or transfer it again.");

    /// <summary>The first slot that has a name in both, and another one.</summary>
    private static int IndexOfOtherName(string[] names, string[] others) => Enumerable.Range(0, Math.Min(names.Length, others.Length))
        .FirstOrDefault(slot => names[slot].Length > 0 && others[slot].Length > 0 && names[slot] != others[slot], -1);

    private static string[]? SlotNamesOf(DataViewSchema.Column column)
    {
        if (column.Type is not VectorDataViewType || !column.HasSlotNames())
            return null;
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetSlotNames(ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }

    private static int[]? RangesOf(DataViewSchema.Column column)
    {
        if (column.Annotations.Schema.GetColumnOrNull(Ranges)?.Type is not VectorDataViewType { ItemType: var type }
            || !type.Equals(NumberDataViewType.Int32))
        {
            return null;
        }
        VBuffer<int> ranges = default;
        column.Annotations.GetValue(Ranges, ref ranges);
        return ranges.Length % 2 == 0 ? [.. ranges.DenseValues()] : null;
    }

    private static bool? IsNormalizedOf(DataViewSchema.Column column)
    {
        if (column.Annotations.Schema.GetColumnOrNull(Normalized)?.Type is not BooleanDataViewType)
            return null;
        bool isNormalized = false;
        column.Annotations.GetValue(Normalized, ref isNormalized);
        return isNormalized;
    }

    private string Range(int range) => 2 * range < CategoricalSlotRanges!.Length
        ? $"slots {CategoricalSlotRanges[2 * range]} to {CategoricalSlotRanges[2 * range + 1]}" : "none";
}
