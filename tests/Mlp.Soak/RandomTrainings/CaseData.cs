namespace Mlp.Soak.RandomTrainings;

/// <summary>The rows of a case and what is done to them before the trainer sees them.</summary>
/// <param name="Seed">Determines the values.</param>
/// <param name="RowCount">To train on.</param>
/// <param name="ValidationRowCount">0 for none.</param>
/// <param name="FeatureCount">Numbers of a row.</param>
/// <param name="IsSparse">Whether the vectors are sparse.</param>
/// <param name="Columns">Taken by the columns in turn.</param>
/// <param name="Labels">Of the numbers to be learnt; classes are drawn at random, all alike for Constant.</param>
/// <param name="Weights">Of the rows, their sizes taken; null for no weights.</param>
/// <param name="ReplacesMissing">Whether missing values are replaced.</param>
/// <param name="Normalizer">Which normalizer of ML.NET comes before.</param>
/// <param name="HasCategory">Whether a one-hot encoded category is among the features.</param>
public sealed record CaseData(
    int Seed, int RowCount, int ValidationRowCount, int FeatureCount, bool IsSparse, ColumnKind[] Columns, ColumnKind Labels,
        ColumnKind? Weights,
    bool ReplacesMissing, CaseNormalizer Normalizer, bool HasCategory);
