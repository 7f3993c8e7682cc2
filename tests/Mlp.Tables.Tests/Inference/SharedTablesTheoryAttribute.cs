using System.Runtime.CompilerServices;

namespace Mlp.Tables.Tests.Inference;

/// <summary>A theory over the public tables, skipped where they are absent.</summary>
internal sealed class SharedTablesTheoryAttribute : TheoryAttribute
{
    public SharedTablesTheoryAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber) => Skip = SharedTables.Absence;
}
