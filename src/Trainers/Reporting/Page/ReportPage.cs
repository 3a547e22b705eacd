using System.Reflection;

namespace MLNet.GradStability;

/// <summary>One HTML file that needs nothing else: a header, and sections under headings. Its own policy forbids it to fetch anything.</summary>
/// <param name="Title">The title.</param>
/// <param name="Lead">A line under it.</param>
internal sealed record ReportPage(string Title, string Lead)
{
    private const string Policy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

    /// <summary>What stands above all sections.</summary>
    public required Action<Markup> Header { get; init; }

    public required IReadOnlyList<IReportSection> Sections { get; init; }

    public string ToHtml()
    {
        var sections = Sections.Where(section => !section.IsEmpty).ToList();
        var page = new Markup().Trusted("<!DOCTYPE html>\n").Open("html", ("lang", "en"));
        page.Open("head")
            .Void("meta", ("charset", "utf-8"))
            .Void("meta", ("http-equiv", "Content-Security-Policy"), ("content", Policy))
            .Void("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1"))
            .Void("meta", ("name", "generator"), ("content", "MLNet.GradStability"))
            .Element("title", Title)
            .Open("style").Trusted(Resource("report.css")).Close()
            .Close().Line();
        page.Open("body").Open("header", ("class", "top")).Element("h1", Title).Element("p", Lead, ("class", "lead"));
        page.Open("nav", ("aria-label", "Sections"));
        for (var i = 0; i < sections.Count; i++)
        {
            page.Element("a", sections[i].Title, ("href", "#" + Id(i)));
        }

        page.Close();
        Header(page);
        page.Close().Line().Open("main");
        for (var i = 0; i < sections.Count; i++)
        {
            page.Open("section", ("aria-labelledby", Id(i))).Element("h2", sections[i].Title, ("id", Id(i)));
            sections[i].Write(page);
            page.Close().Line();
        }

        page.Close().Element("footer", "Written by MLNet.GradStability. This file needs no network and sends nothing.");
        return page.Open("script").Trusted(Resource("report.js")).Close().Close().Close().Line().ToString();
    }

    /// <summary>Writes it to a file, in folders that are made where they are missing; in a job, the first process does.</summary>
    public void Save(string path)
    {
        if (!MpiProcess.Writes)
        {
            return;
        }

        if (Path.GetDirectoryName(path) is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
        }

        File.WriteAllText(path, ToHtml());
    }

    private static string Id(int section) => FormattableString.Invariant($"section{section + 1}");

    private static string Resource(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
