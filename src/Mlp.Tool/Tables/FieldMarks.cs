namespace Mlp.Tool.Tables;

/// <summary>What about a field as it is written makes ML.NET's loader read something else than its trimmed text.</summary>
[Flags]
internal enum FieldMarks : byte
{
    None = 0,

    /// <summary>In quotes.</summary>
    Quoted = 1,

    /// <summary>Blanks around it that the loader keeps in a text.</summary>
    BlanksInText = 2,

    /// <summary>Blanks in front of it that make the loader read a number as NaN.</summary>
    BlanksBeforeNumber = 4,
}
