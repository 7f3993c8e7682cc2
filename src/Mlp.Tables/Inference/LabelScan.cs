using System.Text;
using Mlp.Tables.Reading;

namespace Mlp.Tables.Inference;

/// <summary>Counts the values of the label, and remembers where it is missing.</summary>
internal sealed class LabelScan
{
    private const int LinesKept = 10;

    /// <summary>Longer texts are not names of classes.</summary>
    private const int LongestName = 1024;

    private readonly Dictionary<ulong, int> _indices = [];
    private readonly List<string> _texts = [];
    private readonly List<long> _counts = [];
    private bool _hasLongText;

    /// <summary>Values in order of appearance, up to one more than <see cref="TableLimits.Classes"/>. Tokens for "no value" that may be
    /// classes are among them.</summary>
    public IEnumerable<LabelClass> Values => _texts.Zip(_counts, (text, count) => new LabelClass(text, count));

    /// <summary>Whether the values are too many or too long to be classes; counting has stopped then.</summary>
    public bool HasNoClasses => _hasLongText || _texts.Count > TableLimits.Classes;

    /// <summary>Rows without a label.</summary>
    public long MissingCount { get; private set; }

    /// <summary>Rows whose label is missing if labels are numbers.</summary>
    public long MissingNumberCount { get; private set; }

    /// <summary>Lines of rows without a label, the first few.</summary>
    public List<long> MissingLines { get; } = [];

    /// <summary>Lines of rows whose label is missing if labels are numbers, the first few.</summary>
    public List<long> MissingNumberLines { get; } = [];

    /// <summary>Adds the label of the next row; gives the index of its value, or -1 when it is missing or no longer counted.</summary>
    public int Add(ReadOnlySpan<byte> text, ulong hash, long line)
    {
        bool isMissing = MissingTokens.IsNoLabel(text, amongNumbers: false);
        if (isMissing && MissingCount++ < LinesKept)
            MissingLines.Add(line);
        if (MissingTokens.IsNoLabel(text, amongNumbers: true) && MissingNumberCount++ < LinesKept)
            MissingNumberLines.Add(line);
        if (isMissing || HasNoClasses)
            return -1;
        if (_indices.TryGetValue(hash, out int index))
        {
            _counts[index]++;
            return index;
        }
        _hasLongText = text.Length > LongestName;
        if (_hasLongText)
            return -1;
        _indices.Add(hash, _texts.Count);
        _texts.Add(Encoding.UTF8.GetString(text));
        _counts.Add(1);
        return _texts.Count - 1;
    }
}
