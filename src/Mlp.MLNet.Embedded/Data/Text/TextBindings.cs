using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>The columns of the loaded view, where they stand in the file, and the names a header gives their slots.</summary>
internal sealed class TextBindings
{
    private const int SampleLineCount = 100;

    private TextBindings(SourceColumn[] columns, DataViewSchema schema)
    {
        Columns = columns;
        Schema = schema;
    }

    public IReadOnlyList<SourceColumn> Columns { get; }

    public DataViewSchema Schema { get; }

    public static TextBindings Create(IHostEnvironment env, TextFormat format, TextLoader.Options options, IMultiStreamSource sample)
    {
        var requested = options.Columns is { Length: > 0 } ? options.Columns : DefaultColumns();
        foreach (var column in requested)
        {
            Contracts.CheckUserArg(env, column.Source is { Length: > 0 }, nameof(column.Source), "Must specify some source column indices");
            Contracts.CheckParam(env, !string.IsNullOrWhiteSpace(column.Name), nameof(column.Name), "Name cannot be null or white space");
        }
        var headerFile = string.IsNullOrWhiteSpace(options.HeaderFile) ? null : new MultiFileSource(options.HeaderFile);
        bool needsSize = format.InputSize == 0
            && requested.Any(column => column.Source.Any(range => range.AutoEnd && range.Max == null));

        var lines = new List<TextLine>();
        if (headerFile != null)
            lines.AddRange(SomeLines(headerFile, format, 2));
        if (needsSize)
            lines.AddRange(SomeLines(sample, format, SampleLineCount));
        else if (format.HasHeader)
            lines.AddRange(SomeLines(sample, format, 2));

        int inputSize = needsSize ? CountSourceColumns(env, format, lines) : format.InputSize;
        var columns = new SourceColumnBuilder(inputSize).Build(requested);
        bool hasHeader = (format.HasHeader || headerFile != null) && lines.Count > 0;
        return new TextBindings(columns, BuildSchema(env, format, columns, hasHeader ? lines[0] : null));
    }

    private static TextLoader.Column[] DefaultColumns() =>
    [
        new TextLoader.Column("Label", DataKind.Single, 0),
        new TextLoader.Column("Features", DataKind.Single, [new TextLoader.Range(1, null)]),
    ];

    private static IEnumerable<TextLine> SomeLines(IMultiStreamSource files, TextFormat format, int count)
    {
        using var lines = TextLineSource.Read(files, format, skipHeader: false, count).GetEnumerator();
        while (TextLineSource.MoveNext(lines))
            yield return lines.Current;
    }

    private static int CountSourceColumns(IHostEnvironment env, TextFormat format, List<TextLine> lines)
    {
        using var report = ParseReport.Silent(env);
        var fields = new FieldSplitter(format, report);
        var counts = lines
            .Where(line => (format.TrimWhitespace ? line.Text.TrimEnd() : line.Text).Length > 0)
            .Select(line => fields.Split(line, int.MaxValue))
            .Where(count => count > 0)
            .Distinct()
            .ToArray();
        Contracts.CheckUserArg(env, counts.Length > 0, nameof(TextLoader.Column.Source),
            "Can't determine the number of source columns without valid data");
        Contracts.CheckUserArg(env, counts.Length == 1, nameof(TextLoader.Column.Source), "The size of input lines is not consistent");
        return Math.Min(counts[0], int.MaxValue - 1);
    }

    private static DataViewSchema BuildSchema(IHostEnvironment env, TextFormat format, SourceColumn[] columns, TextLine? header)
    {
        using var report = ParseReport.Silent(env);
        var names = new FieldSplitter(format, report);
        if (header is { } line)
            names.Split(line, int.MaxValue);
        var schema = new DataViewSchema.Builder();
        foreach (var column in columns)
            schema.AddColumn(column.Name, column.Type, SlotNames(column, names));
        return schema.ToSchema();
    }

    /// <summary>Null when the header names none of the slots.</summary>
    private static DataViewSchema.Annotations? SlotNames(SourceColumn column, FieldSplitter names)
    {
        if (!column.HasSlots || names.Count == 0)
            return null;
        var slots = new VectorAccumulator<ReadOnlyMemory<char>>();
        slots.Reset(column.FixedSize);
        int firstSlot = 0;
        foreach (var segment in column.Segments)
        {
            for (int field = names.FindFirst(segment.Start); field < names.Count && names.Source(field) < segment.End; field++)
            {
                if (names.Text(field).Trim() is { IsEmpty: false } name)
                    slots.Add(firstSlot + names.Source(field) - segment.Start, name);
            }
            firstSlot += segment.End - segment.Start;
        }
        if (slots.IsEmpty)
            return null;
        slots.MakeDenseIfHalf();
        VBuffer<ReadOnlyMemory<char>> value = default;
        slots.CopyTo(ref value);
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add(AnnotationKinds.SlotNames, new VectorDataViewType(TextDataViewType.Instance, column.FixedSize),
            (ref VBuffer<ReadOnlyMemory<char>> destination) => value.CopyTo(ref destination));
        return annotations.ToAnnotations();
    }
}
