using Mlp.Tables.Descriptions;
using Mlp.Tables.Reading;

namespace Mlp.Tables.Inference;

/// <summary>One pass over a file, which counts what the description is inferred from.</summary>
internal sealed class TableScan
{
    private readonly string _path;
    private readonly TableOptions _options;
    private readonly ValueSet _rows = new(TableLimits.RowsCompared);

    private TableScan(RowOrigin origin, TableOptions options)
    {
        _path = origin.Title;
        _options = options;
        Names = new ColumnNames(_path, [], hasHeader: false, options.Names);
        Dialect = new Dialect(origin.Separator, origin.HasHeader, SkippedLineCount: 0);
        Origin = origin;
    }

    private TableScan(string path, TableOptions options, OpenTable table)
    {
        _path = path;
        _options = options;
        Names = new ColumnNames(path, [], hasHeader: false, options.Names);
        Dialect = table.Dialect;
        Encoding = table.Encoding;
        IsCompressed = table.IsCompressed;
    }

    /// <summary>Null for a file of text.</summary>
    public RowOrigin? Origin { get; }

    public Dialect Dialect { get; }

    public TableEncoding Encoding { get; }

    public bool IsCompressed { get; }

    /// <summary>The byte because of which the file is read as Windows-1252, if it is.</summary>
    public InvalidText? NotUtf8 { get; private set; }

    public ColumnNames Names { get; private set; }

    public ColumnScan[] Columns { get; private set; } = [];

    /// <summary>Index of the label, -1 for none.</summary>
    public int LabelIndex { get; private set; } = -1;

    /// <summary>Null when the options name no label.</summary>
    public LabelScan? Label { get; private set; }

    /// <summary>Index of the column that is, or may be, the split; -1 for none.</summary>
    public int SplitIndex { get; private set; } = -1;

    /// <summary>The values of that column; null when there is none.</summary>
    public LabelScan? Split { get; private set; }

    /// <summary>One per column, if there is a label.</summary>
    public LabelRelation[] Relations { get; private set; } = [];

    /// <summary>One per column, if there is a label.</summary>
    public CategoryRelation[] CategoryRelations { get; private set; } = [];

    public long RowCount { get; private set; }

    /// <summary>Rows that are equal to an earlier one, of those that were compared.</summary>
    public long DuplicateRowCount { get; private set; }

    /// <summary>Whether there were more rows than the limit of the comparison.</summary>
    public bool DuplicatesAreCapped => _rows.IsCapped;

    /// <summary>Reads the file.</summary>
    /// <exception cref="TableException">It cannot be read, or is no table.</exception>
    public static TableScan Run(string path, TableOptions options, CancellationToken cancellationToken)
    {
        var scan = Run(path, options, encoding: null, cancellationToken, out var invalid);
        if (invalid is not { } text)
            return scan;
        // The first bytes beyond ASCII are not UTF-8: the file is read as Windows-1252, unless that fails too.
        scan = Run(path, options, TableEncoding.Windows1252, cancellationToken, out _);
        scan.NotUtf8 = text;
        return scan;
    }

    /// <summary>Reads rows with a schema.</summary>
    /// <exception cref="TableException">They cannot be read, or there are none.</exception>
    public static TableScan Run(RowOrigin origin, TableOptions options, CancellationToken cancellationToken)
    {
        var scan = new TableScan(origin, options);
        scan.Begin([.. origin.Columns.Select(column => origin.HasHeader ? column.Name : "")], origin.HasHeader);
        using RowReader reader = origin.Open(uses: null, cancellationToken);
        while (reader.Read())
            scan.AddRow(reader);
        if (scan.RowCount == 0)
        {
            throw new TableException(
                origin.Title,
                $"{origin.Title} has no rows; its columns are {TextExcerpt.List([.. scan.Names.Names])}. Give one with rows.");
        }
        return scan;
    }

    private static TableScan Run(
        string path, TableOptions options, TableEncoding? encoding, CancellationToken cancellationToken, out InvalidText? invalid)
    {
        using var table = OpenTable.Find(
            path, encoding, (head, isWhole) => DialectFinder.Find(head, isWhole, options, path), cancellationToken);
        var scan = new TableScan(path, options, table);
        invalid = scan.Read(table);
        return scan;
    }

    /// <summary>Reads all rows; stops at a byte that is invalid in the encoding.</summary>
    private InvalidText? Read(OpenTable table)
    {
        var reader = table.Reader;
        bool hasHeader = table.Header.Count > 0;
        if (!hasHeader && !reader.Read())
            throw new TableException(_path, $"{_path} is empty. Give a file with a header and rows.");
        if (reader.Invalid != null)
            return Judge(reader);
        Begin(hasHeader ? table.Header : [.. Enumerable.Repeat("", reader.FieldCount)], hasHeader);
        // Without a header the first row was read to count the columns.
        bool isRead = !hasHeader;
        while (isRead || reader.Read())
        {
            isRead = false;
            if (reader.Invalid != null)
                return Judge(reader);
            if (reader.FieldCount != Columns.Length)
                throw Ragged(reader);
            AddRow(reader);
        }
        if (RowCount == 0)
        {
            string names = TextExcerpt.List([.. Names.Names]), option = _options.Names.Header(hasHeader: false);
            throw new TableException(
                _path, $"{_path} has a header and no rows: {names}. Give a file with rows; if this row is data, add {option}.");
        }
        return null;
    }

    private void Begin(IReadOnlyList<string> header, bool hasHeader)
    {
        Names = new ColumnNames(_path, header, hasHeader, _options.Names);
        int distinctLimit = Math.Clamp(TableLimits.DistinctValuesOfTable / header.Count, 2 * TableLimits.Examples,
            TableLimits.DistinctValues);
        HashSet<int> given = Origin == null ? []
            : [.. _options.Kinds.Select(kind => Names.Find(kind.Key, _options.Names.OfKind(kind.Value)))];
        // Who says what a column of texts is, has its texts read as such.
        Columns = [.. header.Select((_, index) => new ColumnScan(
            distinctLimit, isText: Origin?.Columns[index].Type is ColumnType.Text or ColumnType.Boolean && !given.Contains(index),
            isNumber: Origin?.Columns[index].Type == ColumnType.Number))];
        SplitIndex = SplitFinder.FindColumn(Names, _options);
        Split = SplitIndex >= 0 ? new LabelScan() : null;
        if (_options.Label == null)
            return;
        LabelIndex = Names.Find(_options.Label, _options.Names.Label);
        Columns[LabelIndex].Spellings.KeepsYesAndNo = _options.Task == TableTask.Multiclass;
        Label = new LabelScan();
        Relations = [.. header.Select(_ => new LabelRelation())];
        int relatedLimit = Math.Clamp(
            TableLimits.RelatedValuesOfTable / header.Count, 2 * TableLimits.Examples, TableLimits.RelatedValues);
        CategoryRelations = [.. header.Select(_ => new CategoryRelation(relatedLimit))];
    }

    private void AddRow(RowReader reader)
    {
        RowCount++;
        for (int i = 0; i < Columns.Length; i++)
            Columns[i].Add(reader.Field(i), reader.Line);
        if (!_rows.IsCapped && !_rows.Add(HashOf(reader)) && !_rows.IsCapped)
            DuplicateRowCount++;
        Split?.Add(reader.Field(SplitIndex), Columns[SplitIndex].LastHash, reader.Line);
        if (Label != null)
            AddLabel(Label, reader);
    }

    private ulong HashOf(RowReader reader) => reader is RecordReader text ? FieldHash.Of(text.Record)
        : Columns.Aggregate(0UL, (hash, column) => FieldHash.Mix(hash, column.LastHash));

    private void AddLabel(LabelScan label, RowReader reader)
    {
        var column = Columns[LabelIndex];
        bool hadClasses = !label.HasNoClasses;
        int index = label.Add(reader.Field(LabelIndex), column.LastHash, reader.Line);
        if (hadClasses && label.HasNoClasses)
        {
            foreach (var relation in Relations)
                relation.DropClasses();
        }
        for (int i = 0; i < Columns.Length; i++)
        {
            Relations[i].Add(index, column.LastNumber, Columns[i].LastHash, Columns[i].LastNumber);
            CategoryRelations[i].Add(index, column.LastNumber, Columns[i].LastHash);
        }
    }

    private InvalidText? Judge(RecordReader reader)
    {
        var invalid = reader.Invalid!.Value;
        if (Encoding == TableEncoding.Utf8 && reader.FirstNonAsciiLine == 0)
            return invalid;
        string column = Names.Describe(invalid.Field);
        string mixed = reader.FirstNonAsciiLine > 0 ? $", as line {reader.FirstNonAsciiLine:N0} is" : "";
        throw new TableException(_path,
            $"{_path}, line {invalid.Line:N0}, {column}: byte 0x{invalid.Value:X2} is not UTF-8{mixed}. " +
            "The file mixes encodings; save all of it as UTF-8.",
            invalid.Line, column);
    }

    private TableException Ragged(RecordReader reader)
    {
        string first = Dialect.HasHeader ? "the header" : "the first row";
        string separator = SeparatorNames.Describe(Dialect.Separator);
        string step = reader.FieldCount > Columns.Length
            ? $"Put a field that holds {separator} in double quotes, or remove the surplus"
            : "Add what is missing, an empty field where there is no value";
        return new TableException(_path,
            $"{_path}, line {reader.Line:N0}: {reader.FieldCount:N0} fields, but {first} has {Columns.Length:N0} " +
            $"(separated by {separator}). {step}.",
            reader.Line);
    }
}
