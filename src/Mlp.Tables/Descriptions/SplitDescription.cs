namespace Mlp.Tables;

/// <summary>A column that says for each row whether it is for training or testing.</summary>
/// <param name="Column">The column.</param>
/// <param name="TrainValue">How the file writes "train".</param>
/// <param name="TestValue">How the file writes "test".</param>
/// <param name="TrainCount">Rows that train, at least 1; those without a label included.</param>
/// <param name="TestCount">Rows that test, at least 1; those without a label included.</param>
public sealed record SplitDescription(ColumnDescription Column, string TrainValue, string TestValue, long TrainCount, long TestCount);
