using System.IO.Compression;
using System.Text;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.Benchmarks.Quality;

/// <summary>A table in a text file whose last column says train or test. Its last but one is the label; of a set of texts, the first
/// one.</summary>
internal sealed class TableRows : QualityRows
{
    private readonly char _separator;
    private readonly string[] _lines;
    private readonly TextLoader.Column[] _columns;

    /// <param name="set">What the columns are.</param>
    /// <param name="header">Their names, in order; the last one is the split.</param>
    /// <param name="lines">The rows.</param>
    public TableRows(QualitySet set, string[] header, string[] lines)
    {
        _separator = SeparatorOf(set);
        _lines = lines;
        int labelIndex = set.Texts.Length > 0 ? 0 : header.Length - 2;
        Labels = [.. lines.Select(line => line.Split(_separator)[labelIndex])];
        IsTest = [.. lines.Select(line => line.EndsWith($"{_separator}test", StringComparison.Ordinal))];
        TextLoader.Range[] numbers = [.. set.Numeric.Select(name => new TextLoader.Range(IndexOf(name)) { ForceVector = true })];
        DataKind label = set.Task switch
        {
            QualityTask.Binary => DataKind.Boolean,
            QualityTask.Multiclass => DataKind.String,
            _ => DataKind.Single,
        };
        _columns =
        [
            .. set.IsMixed
                ? set.Numeric.Select(name => new TextLoader.Column(name, DataKind.Single, IndexOf(name)))
                : [new TextLoader.Column(Numbers, DataKind.Single, numbers)],
            .. set.Categorical.Concat(set.Texts).Select(name => new TextLoader.Column(name, DataKind.String, IndexOf(name))),
            new TextLoader.Column(Label, label, labelIndex),
        ];

        int IndexOf(string name) =>
            Array.IndexOf(header, name) is >= 0 and int index
                ? index
                : throw new InvalidDataException(
                    $"{set.File} has no column '{name}'; datasets.json says it has. Its columns are {string.Join(", ", header)}.");
    }

    public override IReadOnlyList<string> Labels { get; }

    public override IReadOnlyList<bool> IsTest { get; }

    /// <exception cref="InvalidDataException">The file is not such a table, or has not as many rows as the description says.</exception>
    public static TableRows ReadFile(QualitySet set, string path, bool withTest)
    {
        using Stream file = File.OpenRead(path);
        using var reader = new StreamReader(
            path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file);
        char separator = SeparatorOf(set);
        string[] header = (reader.ReadLine() ?? "").Split(separator);
        if (set.Texts.Length == 0 && header is not [.., "label", "split"])
            throw new InvalidDataException(
                $"{path} begins with '{string.Join(',', header)}'; the last two columns must be label and split.");
        var lines = new List<string>();
        while (reader.ReadLine() is { } line)
        {
            if (withTest || line.EndsWith($"{separator}train", StringComparison.Ordinal))
                lines.Add(line);
        }
        int expected = withTest ? set.RowCount : set.TrainCount;
        if (lines.Count != expected)
            throw new InvalidDataException(
                $"{path} has {lines.Count:N0} rows where datasets.json says {expected:N0}. Get both files anew.");
        return new TableRows(set, header, [.. lines]);
    }

    public override IDataView ToView(MLContext ml, IReadOnlyList<int> rows)
    {
        var text = new StringBuilder();
        foreach (int row in rows)
            text.Append(_lines[row]).Append('\n');
        TextLoader loader = ml.Data.CreateTextLoader(
            new TextLoader.Options { Columns = _columns, Separators = [_separator], MissingRealsAsNaNs = true });
        return Filled(ml.Data.Cache(loader.Load(new TextInMemory(Encoding.UTF8.GetBytes(text.ToString())))));
    }

    private static char SeparatorOf(QualitySet set) => set.Texts.Length > 0 ? '\t' : ',';

    private sealed class TextInMemory(byte[] text) : IMultiStreamSource
    {
        public int Count => 1;

        public string GetPathOrNull(int index) => null!;

        public Stream Open(int index) => new MemoryStream(text, writable: false);

        public TextReader OpenTextReader(int index) => new StreamReader(Open(index));
    }
}
