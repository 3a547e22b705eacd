using System.Globalization;
using System.Text;

namespace MLNet.GradStability;

/// <summary>Writes HTML and SVG. Texts and attribute values are escaped here and nowhere else, so that no name in the data can become markup.</summary>
internal sealed class Markup
{
    private readonly StringBuilder _text = new();
    private readonly Stack<string> _open = new();

    /// <summary>Opens an element; an attribute whose value is null is left out.</summary>
    public Markup Open(string element, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        Start(element, attributes);
        _text.Append('>');
        _open.Push(element);
        return this;
    }

    /// <summary>Closes the element opened last.</summary>
    public Markup Close()
    {
        _text.Append("</").Append(_open.Pop()).Append('>');
        return this;
    }

    /// <summary>An element with text in it.</summary>
    public Markup Element(string element, string text, params ReadOnlySpan<(string Name, string? Value)> attributes) =>
        Open(element, attributes).Text(text).Close();

    /// <summary>An SVG element with nothing in it.</summary>
    public Markup Shape(string element, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        Start(element, attributes);
        _text.Append("/>");
        return this;
    }

    /// <summary>An HTML element that has no end, such as meta.</summary>
    public Markup Void(string element, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        Start(element, attributes);
        _text.Append('>');
        return this;
    }

    public Markup Text(string text)
    {
        Escape(text);
        return this;
    }

    public Markup Line()
    {
        _text.Append('\n');
        return this;
    }

    /// <summary>Text of the library's own that is markup, a style sheet or a script already.</summary>
    public Markup Trusted(string text)
    {
        _text.Append(text);
        return this;
    }

    public override string ToString() => _text.ToString();

    /// <summary>A coordinate: a hundredth of a unit is finer than any screen shows.</summary>
    public static string At(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private void Start(string element, ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        _text.Append('<').Append(element);
        foreach (var (name, value) in attributes)
        {
            if (value is not null)
            {
                _text.Append(' ').Append(name).Append("=\"");
                Escape(value);
                _text.Append('"');
            }
        }
    }

    private void Escape(string text)
    {
        foreach (var character in text)
        {
            _ = character switch
            {
                '&' => _text.Append("&amp;"),
                '<' => _text.Append("&lt;"),
                '>' => _text.Append("&gt;"),
                '"' => _text.Append("&quot;"),
                '\'' => _text.Append("&#39;"),
                '\n' or '\t' => _text.Append(character),
                _ => _text.Append(char.IsControl(character) ? '\uFFFD' : character),
            };
        }
    }
}
