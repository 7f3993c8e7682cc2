namespace Mlp.Tool.Tests.Tables;

/// <summary>A theory over the public tables, skipped where they are absent.</summary>
internal sealed class SharedTablesTheoryAttribute : TheoryAttribute
{
    public SharedTablesTheoryAttribute() => Skip = SharedTables.Absence;
}
