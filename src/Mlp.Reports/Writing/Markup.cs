using System.Globalization;
using System.Text;

namespace Mlp.Reports.Writing;

/// <summary>Writes HTML and SVG. Element and attribute names are the caller's own; texts and values may be anything and are escaped.</summary>
internal sealed class Markup
{
    private readonly StringBuilder _text = new();
    private readonly Stack<string> _open = new();

    /// <summary>A coordinate or size: two decimals are a hundredth of a pixel.</summary>
    public static string Number(double value) => Math.Round(value, 2).ToString("0.##", CultureInfo.InvariantCulture);

    public void Open(string name, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        StartTag(name, attributes);
        _text.Append('>');
        _open.Push(name);
    }

    public void Close() => _text.Append("</").Append(_open.Pop()).Append('>');

    /// <summary>Closes what is open, and begins a new line in the source.</summary>
    public void CloseBlock()
    {
        Close();
        _text.Append('\n');
    }

    /// <summary>An element with a text and nothing else in it.</summary>
    public void Leaf(string name, string text, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        Open(name, attributes);
        Text(text);
        Close();
    }

    /// <summary>An element of SVG without content.</summary>
    public void Shape(string name, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        StartTag(name, attributes);
        _text.Append("/>");
    }

    public void Text(string text)
    {
        foreach (char character in text)
        {
            switch (character)
            {
                case '&':
                    _text.Append("&amp;");
                    break;
                case '<':
                    _text.Append("&lt;");
                    break;
                case '>':
                    _text.Append("&gt;");
                    break;
                case '"':
                    _text.Append("&quot;");
                    break;
                case '\'':
                    _text.Append("&#39;");
                    break;
                default:
                    // Neither control characters nor those that turn the direction of the text around.
                    bool isHarmless = !char.IsControl(character) && character is not ((>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\uFFFE' or '\uFFFF');
                    _text.Append(isHarmless ? character : '\uFFFD');
                    break;
            }
        }
    }

    /// <summary>Markup of one's own: style sheets and other writers' results.</summary>
    public void Raw(string markup) => _text.Append(markup);

    public override string ToString() => _open.Count == 0
        ? _text.ToString() : throw new InvalidOperationException($"The element '{_open.Peek()}' is not closed.");

    private void StartTag(string name, ReadOnlySpan<(string Name, string Value)> attributes)
    {
        _text.Append('<').Append(name);
        foreach ((string attribute, string value) in attributes)
        {
            _text.Append(' ').Append(attribute).Append("=\"");
            Text(value);
            _text.Append('"');
        }
    }
}
