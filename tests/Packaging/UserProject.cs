using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MLNet.GradStability.Packaging.Tests;

/// <summary>A project with implicit usings as a user has it, compiled in memory against the assemblies that this test runs on.</summary>
internal static class UserProject
{
    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private static readonly CSharpParseOptions Language = new(LanguageVersion.Latest);

    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>A file of the project.</summary>
    public static SyntaxTree Parse(string code) => CSharpSyntaxTree.ParseText(code, Language);

    /// <summary>The project: a program where a file has statements outside of any type, else a library.</summary>
    public static CSharpCompilation Compile(IReadOnlyCollection<SyntaxTree> files)
    {
        var isProgram = files.Any(file => file.GetCompilationUnitRoot().Members.OfType<GlobalStatementSyntax>().Any());
        return CSharpCompilation.Create(
            "UserProject" + Guid.NewGuid().ToString("N"),
            [Parse(ImplicitUsings), .. files],
            References,
            new(isProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
    }

    /// <summary>Runs the program in this process.</summary>
    public static void Run(IEnumerable<string> files, params string[] arguments)
    {
        using var assembly = new MemoryStream();
        var result = Compile([.. files.Select(Parse)]).Emit(assembly);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)));
        assembly.Position = 0;
        AssemblyLoadContext.Default.LoadFromStream(assembly).EntryPoint!.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [arguments], null);
    }
}
