namespace Mlp.Tool.Tables;

/// <summary>Something about a table that its owner should know, and that does not keep a model from being trained.</summary>
/// <param name="Code">A stable name for programs, such as "constant-column".</param>
/// <param name="Message">One or two sentences: what was found and what to do about it.</param>
/// <param name="Columns">Names of the columns concerned; empty when it is about the whole table.</param>
internal sealed record TableWarning(string Code, string Message, IReadOnlyList<string> Columns);
