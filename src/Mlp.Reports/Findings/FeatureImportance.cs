namespace Mlp.Reports;

/// <summary>How much worse the predictions get when a column's values are shuffled among the test rows.</summary>
/// <param name="Name">The feature's, or that of a group.</param>
/// <param name="FirstFeature">Zero-based; key columns that the model reads beside its features are behind all features.</param>
/// <param name="FeatureCount">More than 1 for a group.</param>
/// <param name="Mean">The mean rise of the loss over the permutations: log-loss in nats for classes, root mean squared error for numbers
/// (with several: of the errors divided by the standard deviations of the numbers).</param>
/// <param name="Deviation">The standard deviation over the permutations.</param>
public sealed record FeatureImportance(string Name, int FirstFeature, int FeatureCount, double Mean, double Deviation);
