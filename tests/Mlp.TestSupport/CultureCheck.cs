using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Runtime.CompilerServices;
using System.Text;

namespace Mlp.TestSupport;

/// <summary>Finds what would make a text in the culture of the machine, or read one in it.</summary>
public static class CultureCheck
{
    private static readonly Type[] Formatted =
    [
        typeof(double), typeof(float), typeof(Half), typeof(decimal), typeof(int), typeof(long), typeof(uint), typeof(ulong),
            typeof(short), typeof(ushort),
        typeof(byte), typeof(sbyte), typeof(DateTime), typeof(DateTimeOffset), typeof(TimeSpan),
    ];

    /// <summary>Methods that an assembly calls, and that go by the current culture.</summary>
    /// <param name="assembly">In a file.</param>
    public static IReadOnlyList<string> Find(Assembly assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly.Location));
        MetadataReader reader = file.GetMetadataReader();
        return
        [
            .. reader.MemberReferences
                // Members of generic types need their arguments; none of them is looked for.
                .Where(handle => reader.GetMemberReference(handle).Parent.Kind == HandleKind.TypeReference)
                .Select(handle => assembly.ManifestModule.ResolveMember(MetadataTokens.GetToken(handle)))
                .OfType<MethodBase>().Where(GoesByTheCulture).Select(method => $"{method.DeclaringType!.Name}: {method}").Order(),
        ];
    }

    private static bool GoesByTheCulture(MethodBase method)
    {
        Type[] parameters = [.. method.GetParameters().Select(parameter => parameter.ParameterType)];
        if (parameters.Any(type => type == typeof(IFormatProvider) || type == typeof(StringComparison)))
            return false;
        Type type = method.DeclaringType!;
        return (type == typeof(DefaultInterpolatedStringHandler) || type == typeof(StringBuilder.AppendInterpolatedStringHandler))
            && method.IsConstructor
            // Its text has the actual value.
            || (type == typeof(ArgumentOutOfRangeException) && parameters is [_, var actual, _] && actual == typeof(object))
            || (type == typeof(string) && method.Name == nameof(string.Format))
            || (Formatted.Contains(type)
                && method.Name is nameof(ToString) or nameof(double.Parse) or nameof(double.TryParse) or "TryFormat");
    }
}
