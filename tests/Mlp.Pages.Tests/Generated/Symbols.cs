using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Mlp.Pages.Tests.Generated;

/// <summary>The compiler's view of assemblies: it writes types and members as they are declared.</summary>
internal static class Symbols
{
    private static readonly Lazy<CSharpCompilation> Compilation = new(() => CSharpCompilation.Create(
        "Symbols",
        references: ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
        .Select(path => MetadataReference.CreateFromFile(path))));

    public static IAssemblySymbol Of(Assembly assembly) => Compilation.Value.References.Select(Compilation.Value.GetAssemblyOrModuleSymbol)
        .OfType<IAssemblySymbol>().Single(symbol => symbol.Name == assembly.GetName().Name);

    public static INamedTypeSymbol Of(Type type) => Of(type.Assembly).GetTypeByMetadataName(type.FullName!)!;

    public static IPropertySymbol Of(PropertyInfo property) =>
        Of(property.DeclaringType!).GetMembers(property.Name).OfType<IPropertySymbol>().Single();
}
