using Mlp.Tables.Descriptions;

namespace Mlp.Tables;

/// <summary>What a table holds, as <see cref="TableFile.Inspect(string, TableOptions, CancellationToken)"/> found it. Counts are of rows
/// unless they say otherwise.</summary>
public sealed record TableDescription
{
    internal TableDescription()
    {
    }

    /// <summary>What the rows are read from.</summary>
    public TableFormat Format => Origin?.Format ?? TableFormat.Text;

    /// <summary>Gives the rows of a table that is no file of text; null for such a file.</summary>
    internal RowOrigin? Origin { get; init; }

    /// <summary>The file, as it was given; what stands for it in messages where there are several, or none.</summary>
    public required string Path { get; init; }

    /// <summary>Between the fields of a row: , ; tab | or the one that the user gave.</summary>
    public required char Separator { get; init; }

    /// <summary>Whether the first row holds the names of the columns.</summary>
    public required bool HasHeader { get; init; }

    /// <summary>The decimal mark of the numbers: ',' when some column has a decimal comma, else '.'.</summary>
    public required char DecimalMark { get; init; }

    /// <summary>The encoding of the file.</summary>
    public required TableEncoding Encoding { get; init; }

    /// <summary>For people: "UTF-8", "UTF-16 (little-endian)", ...</summary>
    public string EncodingName => Encoding switch
    {
        TableEncoding.Utf8 => "UTF-8",
        TableEncoding.Utf8WithMark => "UTF-8 with byte order mark",
        TableEncoding.Utf16LittleEndianWithMark => "UTF-16 (little-endian) with byte order mark",
        TableEncoding.Utf16BigEndianWithMark => "UTF-16 (big-endian) with byte order mark",
        TableEncoding.Utf16LittleEndian => "UTF-16 (little-endian)",
        TableEncoding.Utf16BigEndian => "UTF-16 (big-endian)",
        _ => "Windows-1252",
    };

    /// <summary>Lines of comment in front of the header or the first row: they begin with # or //.</summary>
    public required int SkippedLineCount { get; init; }

    /// <summary>Whether the file is compressed, with gzip, zstd or Brotli.</summary>
    public required bool IsCompressed { get; init; }

    /// <summary>Rows without the header, those without a label included.</summary>
    public required long RowCount { get; init; }

    /// <summary>All columns, in the order of the file.</summary>
    public required IReadOnlyList<ColumnDescription> Columns { get; init; }

    /// <summary>Null when the options named no label.</summary>
    public required LabelDescription? Label { get; init; }

    /// <summary>The column the user named as split column, or null.</summary>
    public required SplitDescription? Split { get; init; }

    /// <summary>A column called split with the values train and test that the user did not name: it is left out, and a warning offers
    /// it.</summary>
    public required SplitDescription? SplitCandidate { get; init; }

    /// <summary>What the owner of the table should know; empty when there is nothing.</summary>
    public required IReadOnlyList<TableWarning> Warnings { get; init; }
}
