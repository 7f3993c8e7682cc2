using Mlp.Data;

namespace Mlp.MLNet.Evaluation;

/// <summary>What is permuted as one: a slot of the feature column, all slots of a category that the model learnt as an embedding, or a key
/// column beside the features.</summary>
/// <param name="FirstSlot">Zero-based; of a key column its index behind all slots.</param>
/// <param name="SlotCount">More than 1 for a category of slots.</param>
/// <param name="IsUsed">Whether the model looks at it: slots that were 0 in all rows of the training are left out.</param>
internal readonly record struct PermutedFeature(int FirstSlot, int SlotCount, bool IsUsed)
{
    /// <summary>The parts of a model's features: every slot once, in ascending order, and behind them the key columns.</summary>
    public static IReadOnlyList<PermutedFeature> Of(Model<float> model)
    {
        if (model.Layout is not { } layout)
            return [.. Enumerable.Range(0, model.FeatureCount).Select(slot => new PermutedFeature(slot, 1, IsUsed: true))];
        HashSet<int> used = [.. layout.NumberSlots, .. layout.SparseSlots];
        Dictionary<int, CategorySlots> categories = layout.Categories.ToDictionary(category => category.First);
        var features = new List<PermutedFeature>();
        for (int slot = 0; slot < layout.SlotCount; slot += features[^1].SlotCount)
        {
            features.Add(categories.TryGetValue(slot, out CategorySlots category)
                ? new PermutedFeature(slot, category.ValueCount, IsUsed: true) : new PermutedFeature(slot, 1, used.Contains(slot)));
        }
        for (int key = 0; key < layout.KeyCounts.Length; key++)
            features.Add(new PermutedFeature(layout.SlotCount + key, 1, IsUsed: true));
        return features;
    }

    /// <summary>Gives a row its part of another one.</summary>
    /// <param name="other">From which it is taken.</param>
    /// <param name="features">Of the row; changed where the part is one of slots.</param>
    /// <param name="keys">Of the row; changed where it is a key column.</param>
    public void CopyFrom(FeatureRow other, Span<float> features, Span<int> keys)
    {
        int slotCount = other.Features.Length;
        if (FirstSlot >= slotCount)
            keys[FirstSlot - slotCount] = other.Keys[FirstSlot - slotCount];
        else
            other.Features.AsSpan(FirstSlot, SlotCount).CopyTo(features[FirstSlot..]);
    }

    /// <summary>Whether two rows have the same there.</summary>
    public bool IsSameIn(FeatureRow row, FeatureRow other)
    {
        int slotCount = row.Features.Length;
        return FirstSlot >= slotCount ? row.Keys[FirstSlot - slotCount] == other.Keys[FirstSlot - slotCount]
            : row.Features.AsSpan(FirstSlot, SlotCount).SequenceEqual(other.Features.AsSpan(FirstSlot, SlotCount));
    }

    /// <summary>What it is called: its slot's name; of a category what the names of its slots have in common before a dot, as
    /// OneHotEncoding names them ("Colour" of "Colour.red" and "Colour.blue"), otherwise the first and the last of them; of a key column
    /// its name, marked where a slot has it, too.</summary>
    /// <param name="names">Of all slots, "Slot 3" for one that has none; null where none has.</param>
    /// <param name="slotCount">Slots of the feature column.</param>
    /// <param name="keyNames">Of the key columns.</param>
    public string NameIn(string[]? names, int slotCount, IReadOnlyList<string> keyNames)
    {
        if (FirstSlot >= slotCount)
        {
            string key = keyNames[FirstSlot - slotCount];
            return names?.Any(name => name == key || name.StartsWith($"{key}.", StringComparison.Ordinal)) == true ? $"{key} (key)" : key;
        }
        (string first, string last) = (NameOf(FirstSlot), NameOf(FirstSlot + SlotCount - 1));
        if (SlotCount == 1)
            return first;
        ReadOnlySpan<char> common = first;
        for (int slot = FirstSlot + 1; slot < FirstSlot + SlotCount; slot++)
            common = common[..common.CommonPrefixLength(NameOf(slot))];
        int dot = common.LastIndexOf('.');
        return dot > 0 ? common[..dot].ToString() : $"{first} to {last}";

        string NameOf(int slot) => names is null || names[slot].Length == 0 ? $"Slot {slot}" : names[slot];
    }
}
