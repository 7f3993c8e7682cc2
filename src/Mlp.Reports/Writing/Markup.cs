using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;

namespace Mlp.Reports.Writing;

/// <summary>Writes HTML and SVG that can also be read as XML. Element and attribute names are the caller's own; texts and values may be
/// anything.</summary>
internal sealed class Markup
{
    private static readonly Regex Harmful = new(
        @"[\p{Cc}\u202A-\u202E\u2066-\u2069\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]");

    private readonly StringBuilder _text = new();
    private readonly XmlWriter _writer;
    private int _openCount;

    public Markup() => _writer = XmlWriter.Create(_text, new XmlWriterSettings
    {
        OmitXmlDeclaration = true,
        ConformanceLevel = ConformanceLevel.Auto,
        NewLineHandling = NewLineHandling.None,
    });

    /// <summary>A style sheet that is added to every drawing, so that the drawing can be a file of its own; null when the page has
    /// it.</summary>
    public string? StyleOfDrawings { get; init; }

    /// <summary>A coordinate or size: two decimals are a hundredth of a pixel.</summary>
    public static string Number(double value) => Math.Round(value, 2).ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>The first line of an HTML file.</summary>
    public void DocumentType()
    {
        _writer.WriteDocType("html", null, null, null);
        NewLine();
    }

    public void Open(string name, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        // Null stands for the namespace of the enclosing element.
        _writer.WriteStartElement(null, name, null);
        WriteAttributes(attributes);
        _openCount++;
    }

    /// <summary>Opens an SVG.</summary>
    public void OpenDrawing(params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        _writer.WriteStartElement("svg", "http://www.w3.org/2000/svg");
        WriteAttributes(attributes);
        _openCount++;
        if (StyleOfDrawings is not null)
            Style(StyleOfDrawings);
    }

    /// <summary>Closes the innermost element.</summary>
    public void Close()
    {
        // With an end tag: HTML requires one even for an empty element.
        _writer.WriteFullEndElement();
        _openCount--;
    }

    /// <summary>Closes the innermost element, and begins a new line in the source.</summary>
    public void CloseBlock()
    {
        Close();
        NewLine();
    }

    public void NewLine() => _writer.WriteWhitespace("\n");

    /// <summary>An element with a text and nothing else in it.</summary>
    public void Leaf(string name, string text, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        Open(name, attributes);
        Text(text);
        Close();
    }

    /// <summary>An element that never has content: a shape of SVG, or a void element of HTML.</summary>
    public void Empty(string name, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        _writer.WriteStartElement(null, name, null);
        WriteAttributes(attributes);
        _writer.WriteEndElement();
    }

    public void Text(string text) => _writer.WriteString(Harmless(text));

    /// <summary>A style sheet of this project. HTML does not unescape style sheets, so it is not escaped.</summary>
    public void Style(string sheet)
    {
        Open("style");
        _writer.WriteRaw("\n" + sheet);
        Close();
    }

    /// <summary>A script of this project. HTML does not unescape scripts, so it is not escaped.</summary>
    public void Script(string script)
    {
        Open("script");
        _writer.WriteRaw(script);
        Close();
    }

    /// <summary>All that was written.</summary>
    /// <exception cref="InvalidOperationException">An element is not closed.</exception>
    public override string ToString()
    {
        if (_openCount > 0)
            throw new InvalidOperationException(
                $"{Texts.Plural(_openCount, "element")} of the markup {(_openCount == 1 ? "is" : "are")} not closed.");
        _writer.Flush();
        return _text.ToString();
    }

    private void WriteAttributes(ReadOnlySpan<(string Name, string Value)> attributes)
    {
        foreach ((string name, string value) in attributes)
            _writer.WriteAttributeString(name, Harmless(value));
    }

    /// <summary>Replaces characters that XML cannot contain, control characters, and characters that reverse the direction of a text with
    /// U+FFFD.</summary>
    private static string Harmless(string text) => Harmful.Replace(text, "\uFFFD");
}
