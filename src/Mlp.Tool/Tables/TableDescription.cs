namespace Mlp.Tool.Tables;

/// <summary>What a table holds, as <see cref="TableFile.Inspect"/> found it.</summary>
internal sealed record TableDescription
{
    public required string Path { get; init; }

    /// <summary>Between the fields of a row: , ; tab | or what the user said.</summary>
    public required char Separator { get; init; }

    public required bool HasHeader { get; init; }

    /// <summary>Whether some field is written in double quotes.</summary>
    public required bool IsQuoted { get; init; }

    /// <summary>Between whole and fraction of a number, '.' or ','.</summary>
    public required char DecimalMark { get; init; }

    public required TableEncoding Encoding { get; init; }

    /// <summary>For people: "UTF-8", "UTF-16 (little-endian)", ...</summary>
    public string EncodingName => TableEncodings.NameOf(Encoding);

    /// <summary>Lines of comment in front of the header or the first row: they begin with # or //.</summary>
    public required int SkippedLineCount { get; init; }

    /// <summary>Whether the file is compressed with gzip.</summary>
    public required bool IsCompressed { get; init; }

    /// <summary>Rows without the header, those without a label included.</summary>
    public required long RowCount { get; init; }

    /// <summary>All columns, in the order of the file.</summary>
    public required IReadOnlyList<ColumnDescription> Columns { get; init; }

    /// <summary>Null when the options named no label.</summary>
    public required LabelDescription? Label { get; init; }

    /// <summary>The column the user named as split column, or null.</summary>
    public required SplitDescription? Split { get; init; }

    /// <summary>A column called split with the values train and test that the user did not name: it is left out, and a warning offers it.</summary>
    public required SplitDescription? SplitCandidate { get; init; }

    public required IReadOnlyList<TableWarning> Warnings { get; init; }

    /// <summary>Why ML.NET's text loader would not read this file as described, one sentence each; empty when it does.</summary>
    public required IReadOnlyList<string> CleanCopyReasons { get; init; }

    /// <summary>Whether the data has to be loaded through the clean copy that <see cref="TableFile.OpenForLoading"/> writes.</summary>
    public bool NeedsCleanCopy => CleanCopyReasons.Count > 0;
}
