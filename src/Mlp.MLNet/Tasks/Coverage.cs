using Mlp.Models.Intervals;

namespace Mlp.MLNet.Tasks;

/// <summary>What a model says of how far its predictions can be relied on; saved and exported with it.</summary>
/// <param name="Intervals">Around the scores of a regression; null where none were asked for.</param>
/// <param name="Sets">Of the classes of a classification; null where none were asked for.</param>
internal sealed record Coverage(IntervalModel<float>? Intervals = null, LabelSets? Sets = null)
{
    /// <summary>The coverage of a model that was not asked for any.</summary>
    public static Coverage None { get; } = new();
}
