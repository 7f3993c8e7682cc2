namespace Microsoft.ML.Data;

/// <summary>A record of a text file, with where it stands for messages; numbers count from 1 within a file.</summary>
internal readonly record struct TextLine(string Text, long Number, string? Path);
