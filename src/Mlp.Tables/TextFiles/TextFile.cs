using Mlp.Tables.Reading;

namespace Mlp.Tables.TextFiles;

/// <summary>One of several files.</summary>
/// <param name="Path">Of the file.</param>
/// <param name="Dialect">How it is laid out.</param>
/// <param name="Order">Where in it the columns of the table are.</param>
internal sealed record TextFile(string Path, Dialect Dialect, int[] Order);
