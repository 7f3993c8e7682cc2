using System.Text;
using Mlp.Tables.Descriptions;
using Mlp.Tables.Reading;

namespace Mlp.Tables.Inference;

/// <summary>Which of a column's different texts are spellings of one value.</summary>
internal sealed class SpellingScan
{
    /// <summary>Longer texts are no names of values.</summary>
    private const int LongestText = 100;

    /// <summary>Different texts that are looked at; columns with more are seldom spelled by hand.</summary>
    private const int MostTexts = TableLimits.DistinctValues;

    /// <summary>With more one-letter values than this, capitals are likely to mean something.</summary>
    private const int MostLetters = 10;

    private const int MostExamples = 5;

    private readonly List<string> _yes = [], _no = [];
    private Dictionary<string, string>? _first;
    private int _count, _lettersJoined, _letters, _others;
    private string? _joined;

    /// <summary>Whether several words for yes stay several values: the caller said that there are more than two.</summary>
    public bool KeepsYesAndNo { get; set; }

    /// <summary>How spellings are joined.</summary>
    public TextForm Form =>
        !KeepsYesAndNo && _others == 0 && YesNoWords.AreSpellings(_yes, _no) ? TextForm.YesNo
        : Joined > 0 && _count <= MostTexts ? TextForm.IgnoreCase
        : TextForm.AsWritten;

    /// <summary>Different texts that another one stands for.</summary>
    public int JoinedCount => Form switch
    {
        TextForm.YesNo => _yes.Count + _no.Count - 2,
        TextForm.IgnoreCase => Joined,
        _ => 0,
    };

    /// <summary>Examples of what is joined, for a message.</summary>
    public string Example => Form == TextForm.YesNo
        ? $"{TextExcerpt.List(_yes, MostExamples)} are yes; {TextExcerpt.List(_no, MostExamples)} are no"
        : _joined ?? "";

    private int Joined => _first == null ? 0 : _count - _first.Count - (_letters > MostLetters ? _lettersJoined : 0);

    /// <summary>Adds a number that did not occur before.</summary>
    public void AddNumber(ReadOnlySpan<byte> value)
    {
        if (value.SequenceEqual("1"u8))
            _yes.Add("1");
        else if (value.SequenceEqual("0"u8))
            _no.Add("0");
        else
            _others++;
    }

    /// <summary>Adds a text that did not occur before.</summary>
    public void AddText(ReadOnlySpan<byte> value)
    {
        if (value.Length > LongestText)
            _others++;
        if (value.Length > LongestText || _count > MostTexts)
            return;
        string text = Encoding.UTF8.GetString(value);
        if (TextForms.IsYes(text))
            _yes.Add(text);
        else if (TextForms.IsNo(text))
            _no.Add(text);
        else
            _others++;
        _count++;
        _letters += text.Length == 1 ? 1 : 0;
        _first ??= new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (_first.TryAdd(text, text))
            return;
        _lettersJoined += text.Length == 1 ? 1 : 0;
        _joined ??= $"{TextExcerpt.Of(_first[text])} and {TextExcerpt.Of(text)}";
    }
}
