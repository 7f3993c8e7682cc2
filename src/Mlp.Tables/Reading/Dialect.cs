namespace Mlp.Tables.Reading;

/// <summary>How a table is laid out, apart from its encoding.</summary>
/// <param name="Separator">Between fields.</param>
/// <param name="HasHeader">Whether the first row names the columns.</param>
/// <param name="SkippedLineCount">Lines of comment in front of the first row: they begin with # or //.</param>
internal sealed record Dialect(char Separator, bool HasHeader, int SkippedLineCount);
