namespace Mlp.Tables.Descriptions;

/// <summary>A column as the schema of its source has it.</summary>
/// <param name="Name">As the schema writes it.</param>
/// <param name="Type">Of its values.</param>
internal sealed record SourceColumn(string Name, ColumnType Type);
