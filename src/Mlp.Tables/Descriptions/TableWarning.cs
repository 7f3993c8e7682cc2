namespace Mlp.Tables;

/// <summary>Something that the owner of a table should know. The table can still be used.</summary>
/// <param name="Code">A stable name for programs, such as "constant-column".</param>
/// <param name="Message">One or two sentences: what was found and what to do about it.</param>
/// <param name="Columns">Names of the columns concerned; empty when it is about the whole table.</param>
public sealed record TableWarning(string Code, string Message, IReadOnlyList<string> Columns);
