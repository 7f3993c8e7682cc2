using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Mlp.TestSupport;

namespace Mlp.Pages.Tests.Pages;

/// <summary>Compiles the programs of pages, as console projects with implicit usings would be, into a folder that has what they need to
/// run.</summary>
public sealed class PageCompiler : IDisposable
{
    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    // A local function that nobody calls is how a block is compiled without being run; and blocks of a program may repeat a using.
    private static readonly string[] Tolerated = ["CS8321", "CS0105"];

    private readonly TemporaryFolder _folder = new();
    private readonly MetadataReference[] _references;

    public PageCompiler()
    {
        string[] trusted = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        _references = [.. trusted.Select(path => MetadataReference.CreateFromFile(path))];
        // The libraries beside this test are those that a project referring to the adapter would have beside it.
        foreach (string library in trusted.Where(
            path => Path.GetDirectoryName(path) == AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)))
            File.Copy(library, _folder.PathOf(Path.GetFileName(library)));
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Returns the path of the assembly; errors and warnings fail the test.</summary>
    internal string Compile(PageProgram program)
    {
        string name = "Page-" + string.Concat(program.Name.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-'));
        // A single file for dotnet run begins with lines that name its packages; here they are references already.
        CSharpParseOptions options = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Latest)
            .WithFeatures([new("FileBasedProgram", "true")]);
        var compilation = CSharpCompilation.Create(
            name,
            [CSharpSyntaxTree.ParseText(program.Source, options), CSharpSyntaxTree.ParseText(ImplicitUsings, options)],
            _references,
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));
        string assembly = _folder.PathOf($"{name}.dll");
        var result = compilation.Emit(assembly);
        Diagnostic[] problems =
            [.. result.Diagnostics.Where(each => each.Severity >= DiagnosticSeverity.Warning && !Tolerated.Contains(each.Id))];
        Assert.True(
            problems.Length == 0, $"{program.Name} does not compile without problems:\n{string.Join('\n', problems.Select(Describe))}");
        File.Copy(
            Path.Combine(AppContext.BaseDirectory, "Mlp.Pages.Tests.runtimeconfig.json"), _folder.PathOf($"{name}.runtimeconfig.json"),
            overwrite: true);
        return assembly;
    }

    private static string Describe(Diagnostic problem)
    {
        FileLinePositionSpan place = problem.Location.GetMappedLineSpan();
        return $"{place.Path}({place.StartLinePosition.Line + 1}): {problem.Id} {problem.GetMessage()}";
    }
}
