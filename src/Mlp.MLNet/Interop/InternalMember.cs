using System.Reflection;

namespace Mlp.MLNet.Interop;

/// <summary>An internal member of ML.NET by name, as reflection finds it in a version of ML.NET that has it.</summary>
/// <param name="TypeName">The full name of its type.</param>
/// <param name="Name">Its name; ".ctor" for a constructor.</param>
/// <param name="ParameterTypeNames">The simple names of its parameters' types; null for a field or property, or for a type itself.</param>
internal sealed record InternalMember(string TypeName, string Name, params string[]? ParameterTypeNames)
{
    private const BindingFlags AnyAccess =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public bool IsIn(Assembly assembly)
    {
        Type? type = assembly.GetType(TypeName);
        if (type is null || Name.Length == 0)
            return type is not null;
        return type.GetMember(Name, AnyAccess).Any(HasSignature);
    }

    /// <summary>For messages: "Microsoft.ML.ModelSaveContext.SetVersionInfo(VersionInfo)".</summary>
    public override string ToString() => (Name, ParameterTypeNames) switch
    {
        ("", _) => TypeName,
        (_, null) => $"{TypeName}.{Name}",
        (".ctor", _) => $"{TypeName}({string.Join(", ", ParameterTypeNames)})",
        _ => $"{TypeName}.{Name}({string.Join(", ", ParameterTypeNames)})",
    };

    private bool HasSignature(MemberInfo member) => (member, ParameterTypeNames) switch
    {
        (MethodBase method, not null) =>
            method.GetParameters().Select(parameter => parameter.ParameterType.Name).SequenceEqual(ParameterTypeNames),
        (MethodBase, null) => false,
        _ => ParameterTypeNames is null,
    };
}
