using Mlp.Data;

namespace Mlp.Reports.Content;

/// <summary>The columns that a report shows: groups of features, and the other features by themselves.</summary>
internal static class ModelColumns
{
    /// <param name="model">The categories that it learnt are groups, and so are its neighbouring sparse slots.</param>
    /// <param name="names">Of all features.</param>
    /// <param name="groups">Other ones; where they overlap with those of the model, these are left out.</param>
    /// <exception cref="ArgumentException">The groups do not ascend within the features.</exception>
    public static IReadOnlyList<FeatureGroup> Create(Model<double> model, IReadOnlyList<string> names, IReadOnlyList<FeatureGroup> groups)
    {
        int next = 0;
        foreach (FeatureGroup group in groups)
        {
            if (group.FirstFeature < next || group.FeatureCount < 1 || group.FirstFeature + group.FeatureCount > names.Count)
            {
                throw new ArgumentException(
                    $"Feature group '{group.Name}' has features {group.FirstFeature} to {group.FirstFeature + group.FeatureCount - 1}; "
                    + $"groups must ascend within 0 to {names.Count - 1}.",
                    nameof(groups));
            }
            next = group.FirstFeature + group.FeatureCount;
        }
        var columns = new List<FeatureGroup>();
        next = 0;
        foreach (FeatureGroup group in groups.Concat(OfModel(model, names, groups)).OrderBy(group => group.FirstFeature))
        {
            AddSingles(group.FirstFeature);
            columns.Add(group);
            next = group.FirstFeature + group.FeatureCount;
        }
        AddSingles(names.Count);
        return columns;

        void AddSingles(int end)
        {
            for (; next < end; next++)
                columns.Add(new FeatureGroup(names[next], next, 1));
        }
    }

    private static IEnumerable<FeatureGroup> OfModel(Model<double> model, IReadOnlyList<string> names, IReadOnlyList<FeatureGroup> others)
    {
        if (model.Layout is not { } layout)
            yield break;
        // A slot is part of another group, or of a run of slots that are 0 in most rows or in all of them.
        var isTaken = new bool[layout.SlotCount];
        foreach (FeatureGroup other in others)
            isTaken.AsSpan(other.FirstFeature, other.FeatureCount).Fill(true);
        foreach (CategorySlots category in layout.Categories)
        {
            Span<bool> slots = isTaken.AsSpan(category.First, category.ValueCount);
            if (!slots.Contains(true))
                yield return new FeatureGroup(NameOf(names, category.First, category.ValueCount), category.First, category.ValueCount);
            isTaken.AsSpan(category.First, category.ValueCount).Fill(true);
        }
        foreach (int slot in layout.NumberSlots)
            isTaken[slot] = true;
        for (int first = 0; first < isTaken.Length; first++)
        {
            int length = isTaken.AsSpan(first).IndexOf(true);
            length = length < 0 ? isTaken.Length - first : length;
            if (length > 1)
                yield return new FeatureGroup(NameOf(names, first, length), first, length);
            first += length;
        }
    }

    /// <summary>What the names have in common before a dot ("Colour" of "Colour.red" and "Colour.blue"), otherwise the first and the
    /// last.</summary>
    private static string NameOf(IReadOnlyList<string> names, int first, int count)
    {
        ReadOnlySpan<char> common = names[first];
        for (int feature = first + 1; feature < first + count; feature++)
            common = common[..common.CommonPrefixLength(names[feature])];
        int dot = common.LastIndexOf('.');
        return dot > 0 ? common[..dot].ToString() : $"{names[first]} to {names[first + count - 1]}";
    }
}
