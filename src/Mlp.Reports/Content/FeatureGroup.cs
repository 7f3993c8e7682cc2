namespace Mlp.Reports;

/// <summary>Features side by side that were made of one column, such as the flags of a category: reports treat them as one.</summary>
/// <param name="Name">Of the column.</param>
/// <param name="FirstFeature">Zero-based.</param>
/// <param name="FeatureCount">At least 1.</param>
public sealed record FeatureGroup(string Name, int FirstFeature, int FeatureCount);
