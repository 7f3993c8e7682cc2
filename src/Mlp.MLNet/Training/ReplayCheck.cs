using Mlp.Data;
using Mlp.MLNet.Reading;

namespace Mlp.MLNet.Training;

/// <summary>Whether a memory, which may come from a file, is that of a model.</summary>
internal static class ReplayCheck
{
    /// <param name="memory">Of the model, by its fingerprint.</param>
    /// <param name="start">The model.</param>
    /// <param name="layout">Its own, possibly with further values of categories.</param>
    /// <param name="targetCount">Targets of a row.</param>
    /// <param name="classCount">Classes of the label; 0 for numbers.</param>
    /// <exception cref="ArgumentException">It is another's, or damaged.</exception>
    public static void Check(MlpReplayMemory memory, MlpModelParameters start, FeatureLayout layout, int targetCount, int classCount)
    {
        if (memory.Fingerprint != start.Fingerprint)
        {
            throw new ArgumentException(
                $"The memory belongs to a model with the fingerprint {memory.Fingerprint[..8]}..., and the model has "
                    + $"{start.Fingerprint[..8]}.... Load the memory that was saved with the model.", "model");
        }
        bool fits = ReplayColumns.Fit(memory.Columns, layout, targetCount, classCount)
            && memory.Moments.Length == start.Networks.Count
            && (memory.Rows.Rows is not { } rows || Fits(rows, layout, targetCount, classCount));
        if (!fits)
        {
            throw new ArgumentException(
                "The memory of the model has rows that the model cannot have been trained on. It is damaged; transfer it again, or train "
                    + "anew.", "model");
        }
    }

    private static bool Fits(TrainingRows rows, FeatureLayout layout, int targetCount, int classCount)
    {
        FeatureLayout found = rows.Features.Layout;
        if (found.NumberSlots.Length != layout.NumberSlots.Length || found.CategoryCount != layout.CategoryCount
            || found.SparseSlots.Length > 0 != layout.SparseSlots.Length > 0 || rows.Targets.RowLength != targetCount)
            return false;
        for (int row = 0; row < rows.RowCount; row++)
        {
            ReadOnlySpan<int> categories = rows.Features.CategoriesOf(row);
            for (int category = 0; category < categories.Length; category++)
            {
                if (categories[category] > layout.ValueCountOf(category))
                    return false;
            }
            if (rows.Features.Sparse is { } sparse && sparse.SlotsOf(row) is [.., var last] && last >= layout.SparseSlots.Length)
                return false;
            float target = rows.Targets[row][0];
            if (classCount > 0 && !(target >= 0 && target < classCount && target == (int)target))
                return false;
        }
        return true;
    }
}
