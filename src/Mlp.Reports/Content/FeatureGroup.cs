namespace Mlp.Reports;

/// <summary>Adjacent features that were made from one column, such as the one-hot slots of a category. A report treats them as one
/// column.</summary>
/// <param name="Name">Of the column.</param>
/// <param name="FirstFeature">Zero-based.</param>
/// <param name="FeatureCount">At least 1.</param>
public sealed record FeatureGroup(string Name, int FirstFeature, int FeatureCount);
