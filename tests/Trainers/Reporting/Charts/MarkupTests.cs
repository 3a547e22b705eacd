using System.Xml.Linq;

namespace MLNet.GradStability.Tests.Reporting;

/// <summary>Markup that no text can break out of.</summary>
public class MarkupTests
{
    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\"><img src=x onerror='alert(1)'>")]
    [InlineData("a & b &amp; c ]]> <!-- --> é 猫 \n")]
    public void A_text_stays_what_it_is(string text)
    {
        var element = XElement.Parse(new Markup().Open("p", ("title", text)).Text(text).Close().ToString(), LoadOptions.PreserveWhitespace);
        Assert.Equal(text, element.Value);
        Assert.Equal(text.Replace('\n', ' '), element.Attribute("title")!.Value);
        Assert.Empty(element.Elements());
    }

    [Fact]
    public void Control_characters_become_replacement_characters() => Assert.Equal("<p>a\uFFFDb</p>", new Markup().Element("p", "a\0b").ToString());

    [Fact]
    public void An_attribute_without_value_is_left_out() => Assert.Equal("<g class=\"x\"/>", new Markup().Shape("g", ("id", null), ("class", "x")).ToString());
}
