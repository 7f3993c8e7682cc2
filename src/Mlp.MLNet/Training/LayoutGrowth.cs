using Mlp.Data;
using Mlp.MLNet.Reading;

namespace Mlp.MLNet.Training;

/// <summary>The layout of a model in a feature vector whose categories have got further values since, each at the end of its
/// slots.</summary>
/// <param name="Layout">The model's, with the slots where they are now.</param>
/// <param name="Places">Where each slot of the training is now.</param>
internal sealed record LayoutGrowth(FeatureLayout Layout, int[] Places)
{
    /// <param name="start">The model.</param>
    /// <param name="columns">Of the data.</param>
    /// <returns>Null where the vector is not that of the model with further values.</returns>
    public static LayoutGrowth? Find(MlpModelParameters start, TrainingColumns columns)
    {
        FeatureLayout layout = start.EngineModel.Layout ?? FeatureLayout.Dense(start.InputCount);
        int[] places = [.. Enumerable.Range(0, start.InputCount)];
        if (columns.FeatureCount == start.InputCount)
            return new LayoutGrowth(layout, places);
        int[] before = start.Features?.CategoricalSlotRanges ?? [];
        int[] now = FeatureAnnotations.Of(columns.Features).CategoricalSlotRanges ?? [];
        if (before.Length != now.Length)
            return null;
        var countOf = new Dictionary<int, int>();
        int end = 0, shift = 0;
        for (int range = 0; range < before.Length; range += 2)
        {
            (int first, int count) = (before[range], before[range + 1] - before[range] + 1);
            int growth = now[range + 1] - now[range] + 1 - count;
            if (first < end || count < 1 || growth < 0 || now[range] != first + shift || first + count > start.InputCount)
                return null;
            countOf[first] = count + growth;
            end = first + count;
            shift += growth;
            for (int slot = end; slot < places.Length; slot++)
                places[slot] = slot + shift;
        }
        if (start.InputCount + shift != columns.FeatureCount)
            return null;
        return new LayoutGrowth(
            layout with
            {
                SlotCount = columns.FeatureCount,
                NumberSlots = [.. layout.NumberSlots.Select(slot => places[slot])],
                SparseSlots = [.. layout.SparseSlots.Select(slot => places[slot])],
                Categories = [.. layout.Categories.Select(category => new CategorySlots(places[category.First], countOf[category.First]))],
            },
            places);
    }
}
