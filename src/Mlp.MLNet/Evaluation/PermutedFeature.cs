using Mlp.Data;

namespace Mlp.MLNet.Evaluation;

/// <summary>What is permuted as one: a slot of the feature column, or all slots of a category that the model learnt as an
/// embedding.</summary>
/// <param name="FirstSlot">Zero-based.</param>
/// <param name="SlotCount">More than 1 for a category.</param>
/// <param name="IsUsed">Whether the model looks at it: slots that were 0 in all rows of the training are left out.</param>
internal readonly record struct PermutedFeature(int FirstSlot, int SlotCount, bool IsUsed)
{
    /// <summary>Those of a model, which have every slot once, in ascending order.</summary>
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
        return features;
    }

    /// <summary>Its part of a row.</summary>
    public ReadOnlySpan<float> In(float[] row) => row.AsSpan(FirstSlot, SlotCount);

    /// <inheritdoc cref="In(float[])"/>
    public Span<float> In(Span<float> row) => row.Slice(FirstSlot, SlotCount);

    /// <summary>What it is called: its slot's name; of a category what the names of its slots have in common before a dot, as
    /// OneHotEncoding names them ("Colour" of "Colour.red" and "Colour.blue"), otherwise the first and the last of them.</summary>
    /// <param name="names">Of all slots, "Slot 3" for one that has none; null where none has.</param>
    public string NameIn(string[]? names)
    {
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
