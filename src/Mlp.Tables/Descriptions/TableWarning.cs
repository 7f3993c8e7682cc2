namespace Mlp.Tables;

/// <summary>Something about a table that its owner should know, and that does not keep it from being used.</summary>
/// <param name="Code">A stable name for programs, such as "constant-column".</param>
/// <param name="Message">One or two sentences: what was found and what to do about it.</param>
/// <param name="Columns">Names of the columns concerned; empty when it is about the whole table.</param>
public sealed record TableWarning(string Code, string Message, IReadOnlyList<string> Columns);
