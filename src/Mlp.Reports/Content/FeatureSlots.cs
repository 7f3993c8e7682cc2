using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.MLNet.Reading;
using Mlp.Reports.Writing;

namespace Mlp.Reports.Content;

/// <summary>What a feature column says of its slots.</summary>
internal static class FeatureSlots
{
    private const string Ranges = "CategoricalSlotRanges";

    /// <summary>The names of the slots; null when there are none.</summary>
    public static IReadOnlyList<string>? NamesOf(DataViewSchema.Column features) =>
        features.Type is not VectorDataViewType ? [features.Name]
        : LabelValues.OfSlots(features) is { } names
            ? [.. Enumerable.Range(0, names.Count).Select(
                slot => names.NameOf(slot) is { Length: > 0 } name ? name : NumberOf(features, slot))]
            : null;

    /// <summary>The slots that one-hot encodings made; null when the column has no such annotation.</summary>
    public static IReadOnlyList<FeatureGroup>? GroupsOf(DataViewSchema.Column features)
    {
        if (features.Annotations.Schema.GetColumnOrNull(Ranges)?.Type is not VectorDataViewType { ItemType: var type }
            || !type.Equals(NumberDataViewType.Int32))
        {
            return null;
        }
        VBuffer<int> ranges = default;
        features.Annotations.GetValue(Ranges, ref ranges);
        IReadOnlyList<string>? names = NamesOf(features);
        // Pairs of the first and the last slot.
        return [.. ranges.DenseValues().Chunk(2).OrderBy(range => range[0]).Select(
            range => new FeatureGroup(NameOf(features, names, range[0]), range[0], range[1] - range[0] + 1))];
    }

    /// <summary>The value of a column in words: a number, or the names of its features that are not 0, without that of the
    /// column.</summary>
    /// <param name="column">One feature, or a group.</param>
    /// <param name="features">Of the row.</param>
    /// <param name="names">Of all features.</param>
    public static string ValueOf(FeatureGroup column, ReadOnlySpan<double> features, IReadOnlyList<string> names)
    {
        if (column.FeatureCount == 1)
            return double.IsNaN(features[column.FirstFeature]) ? "missing" : Texts.Short(features[column.FirstFeature]);
        var values = new List<string>();
        for (int feature = column.FirstFeature; feature < column.FirstFeature + column.FeatureCount; feature++)
        {
            if (features[feature] == 0)
                continue;
            string name = names[feature];
            values.Add(name.StartsWith(column.Name + ".", StringComparison.Ordinal) ? name[(column.Name.Length + 1)..] : name);
        }
        return values.Count == 0 ? "none" : string.Join(", ", values);
    }

    /// <summary>What stands for a name that is missing.</summary>
    public static string NumberOf(DataViewSchema.Column features, int slot) =>
        $"{features.Name} {slot.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>A one-hot slot is called 'column.value'.</summary>
    private static string NameOf(DataViewSchema.Column features, IReadOnlyList<string>? names, int slot)
    {
        string name = names?[slot] ?? NumberOf(features, slot);
        int dot = name.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 ? name[..dot] : name;
    }
}
