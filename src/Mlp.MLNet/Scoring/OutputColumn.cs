using Microsoft.ML;

namespace Mlp.MLNet.Scoring;

/// <summary>A column of predictions.</summary>
/// <param name="Column">Name, type and annotations.</param>
/// <param name="CreateGetter">Makes the column's ValueGetter for a row, from the network's outputs for it.</param>
internal sealed record OutputColumn(DataViewSchema.DetachedColumn Column, Func<Scorer, Delegate> CreateGetter);
