using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MLNet.GradStability.Packaging.Tests;

/// <summary>Compiles the examples of a page as a reader would paste them into a program, against the assemblies that this test runs on.</summary>
internal static class ExampleCompiler
{
    /// <summary>The namespaces that every example is about.</summary>
    private const string Usings = """
        global using Microsoft.ML;
        global using Microsoft.ML.Data;
        global using MLNet.GradStability;
        global using static Reader;
        """;

    /// <summary>What every page takes a reader to have; an example that declares one of these names hides it.</summary>
    private const string Reader = """
        public static class Reader
        {
            public static MLContext ml = default!;
            public static IDataView train = default!;
            public static IDataView validation = default!;
            public static IDataView test = default!;
            public static IDataView data = default!;
        }
        """;

    private static readonly SyntaxTree[] Surroundings = [UserProject.Parse(Usings), UserProject.Parse(Reader)];

    /// <summary>The errors in an example, each with page and line; types that earlier examples of the page declare are known to it.</summary>
    public static IReadOnlyList<string> Errors(PageExample example, IEnumerable<PageExample> earlier)
    {
        var code = UserProject.Parse(Whole(example));
        return
        [
            .. UserProject.Compile([.. Surroundings, .. earlier.SelectMany(Types), code])
                .GetDiagnostics()
                .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
                .Select(diagnostic => $"{diagnostic.Location.GetMappedLineSpan().Path}:{diagnostic.Location.GetMappedLineSpan().StartLinePosition.Line + 1}: {diagnostic.GetMessage()}"),
        ];
    }

    private static IEnumerable<SyntaxTree> Types(PageExample example)
    {
        var root = UserProject.Parse(Whole(example)).GetCompilationUnitRoot();
        return root.Members.OfType<BaseTypeDeclarationSyntax>().Select(type => UserProject.Parse(root.Usings.ToFullString() + type.ToFullString()));
    }

    /// <summary>The example with what stands before it, and the braces closed that the latter has left open.</summary>
    private static string Whole(PageExample example) =>
        $"{example.Before}\n#line {example.Line} \"{example.Page}\"\n{example.Code}\n{new string('}', example.Before.Count(c => c == '{') - example.Before.Count(c => c == '}'))}";
}
