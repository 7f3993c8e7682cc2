using System.Reflection;
using System.Text;
using Microsoft.CodeAnalysis;

namespace Mlp.Docs;

/// <summary>
/// The public surface of an assembly as text, a line for every type and member that a program outside can name, in an order that does not
/// depend on that of the sources. What the compiler adds to records is left out.
/// </summary>
internal static class PublicApi
{
    private static readonly SymbolDisplayFormat Format = new(
        SymbolDisplayGlobalNamespaceStyle.Omitted,
        SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        SymbolDisplayGenericsOptions.IncludeTypeParameters | SymbolDisplayGenericsOptions.IncludeVariance | SymbolDisplayGenericsOptions.IncludeTypeConstraints,
        SymbolDisplayMemberOptions.IncludeModifiers | SymbolDisplayMemberOptions.IncludeAccessibility | SymbolDisplayMemberOptions.IncludeType
            | SymbolDisplayMemberOptions.IncludeParameters | SymbolDisplayMemberOptions.IncludeConstantValue | SymbolDisplayMemberOptions.IncludeRef
            | SymbolDisplayMemberOptions.IncludeExplicitInterface,
        SymbolDisplayDelegateStyle.NameAndSignature,
        SymbolDisplayExtensionMethodStyle.StaticMethod,
        SymbolDisplayParameterOptions.IncludeExtensionThis | SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName
            | SymbolDisplayParameterOptions.IncludeDefaultValue | SymbolDisplayParameterOptions.IncludeModifiers,
        SymbolDisplayPropertyStyle.ShowReadWriteDescriptor,
        SymbolDisplayLocalOptions.None,
        SymbolDisplayKindOptions.IncludeTypeKeyword,
        SymbolDisplayMiscellaneousOptions.UseSpecialTypes | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    private static readonly SymbolDisplayFormat NameFormat = Format.WithKindOptions(SymbolDisplayKindOptions.None)
        .WithGenericsOptions(SymbolDisplayGenericsOptions.IncludeTypeParameters | SymbolDisplayGenericsOptions.IncludeVariance);

    public static string Write(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (INamedTypeSymbol type in TypesOf(Symbols.Of(assembly).GlobalNamespace).OrderBy(type => type.ToDisplayString(NameFormat), StringComparer.Ordinal))
        {
            text.Append(text.Length == 0 ? "" : "\n").Append(Describe(type)).Append('\n');
            foreach (string member in MembersOf(type))
                text.Append("    ").Append(member).Append('\n');
        }
        return text.ToString();
    }

    private static IEnumerable<INamedTypeSymbol> TypesOf(INamespaceOrTypeSymbol container) => container.GetMembers().SelectMany(member => member switch
    {
        INamespaceSymbol space => TypesOf(space),
        INamedTypeSymbol type when IsVisible(type) => TypesOf(type).Prepend(type),
        _ => [],
    });

    private static IEnumerable<string> MembersOf(INamedTypeSymbol type) => type.TypeKind == TypeKind.Enum
        ? type.GetMembers().OfType<IFieldSymbol>().Where(IsVisible).Select(value => $"{value.Name} = {value.ConstantValue}")
        : type.GetMembers().Where(IsShown).Select(member => member.ToDisplayString(Format)).Order(StringComparer.Ordinal);

    private static string Describe(INamedTypeSymbol type)
    {
        string modifiers = type switch
        {
            { TypeKind: not TypeKind.Class } => type is { TypeKind: TypeKind.Struct, IsReadOnly: true } ? "readonly " : "",
            { IsStatic: true } => "static ",
            { IsAbstract: true } => "abstract ",
            { IsSealed: true } => "sealed ",
            _ => "",
        };
        IEnumerable<INamedTypeSymbol> bases = type.TypeKind == TypeKind.Class && type.BaseType is { SpecialType: not SpecialType.System_Object } parent ? [parent] : [];
        // Records compare with themselves; that goes without saying.
        IEnumerable<INamedTypeSymbol> interfaces = type.Interfaces.Where(each => IsVisible(each) && !(type.IsRecord && each.Name == "IEquatable"));
        string[] above = type.TypeKind == TypeKind.Enum ? [] : [.. bases.Concat(interfaces).Select(each => each.ToDisplayString(NameFormat))];
        // "sealed record Name<T> where T : struct": what it derives from belongs before the constraints.
        string[] declaration = type.ToDisplayString(Format).Split(" where ", 2);
        string constraints = declaration.Length > 1 ? $" where {declaration[1]}" : "";
        return $"{Accessibility(type)} {modifiers}{declaration[0]}{(above.Length == 0 ? "" : $" : {string.Join(", ", above)}")}{constraints}";
    }

    private static string Accessibility(ISymbol symbol) => symbol.DeclaredAccessibility == Microsoft.CodeAnalysis.Accessibility.Public ? "public" : "protected";

    private static bool IsShown(ISymbol member) => IsVisible(member) && member is not INamedTypeSymbol && !IsAddedByCompiler(member)
        && member is not IMethodSymbol { MethodKind: MethodKind.PropertyGet or MethodKind.PropertySet or MethodKind.EventAdd or MethodKind.EventRemove };

    private static bool IsAddedByCompiler(ISymbol member) => member.Name is "EqualityContract" or "PrintMembers"
        || (member.ContainingType.IsRecord && member is IMethodSymbol { MethodKind: not MethodKind.Constructor } && member.GetAttributes().Any(IsCompilerGenerated))
        || (member is IMethodSymbol { MethodKind: MethodKind.Constructor } constructor && member.ContainingType.IsRecord && constructor.Parameters is [{ } only]
            && SymbolEqualityComparer.Default.Equals(only.Type, member.ContainingType));

    private static bool IsCompilerGenerated(AttributeData attribute) => attribute.AttributeClass?.Name == "CompilerGeneratedAttribute";

    private static bool IsVisible(ISymbol symbol) => symbol.DeclaredAccessibility
        is Microsoft.CodeAnalysis.Accessibility.Public or Microsoft.CodeAnalysis.Accessibility.Protected or Microsoft.CodeAnalysis.Accessibility.ProtectedOrInternal;
}
