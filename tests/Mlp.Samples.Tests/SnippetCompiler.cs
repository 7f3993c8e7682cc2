using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Mlp.Samples.Tests;

/// <summary>Compiles a code block as a program, as a console project with implicit usings would.</summary>
internal static class SnippetCompiler
{
    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    /// <summary>Writes the program and what it needs to run into a folder; returns the path of its assembly.</summary>
    public static string Compile(CodeBlock block, string folder)
    {
        var trusted = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        var compilation = CSharpCompilation.Create(
            "Snippet",
            [CSharpSyntaxTree.ParseText(block.Text), CSharpSyntaxTree.ParseText(ImplicitUsings)],
            trusted.Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));
        string assembly = Path.Combine(folder, "Snippet.dll");
        var result = compilation.Emit(assembly);
        Assert.True(
            result.Success,
            $"The code block at line {block.Line} does not compile:\n{string.Join('\n', result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error))}");

        // The libraries beside this test are those that a project referring to the adapter would have beside it.
        foreach (string library in trusted.Where(path => Path.GetDirectoryName(path) == AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)))
            File.Copy(library, Path.Combine(folder, Path.GetFileName(library)));
        File.Copy(Path.Combine(AppContext.BaseDirectory, "Mlp.Samples.Tests.runtimeconfig.json"), Path.Combine(folder, "Snippet.runtimeconfig.json"));
        return assembly;
    }
}
