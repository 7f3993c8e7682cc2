using System.Reflection;
using Microsoft.ML;
using Mlp.MLNet;
using Mlp.Reports;

namespace Mlp.Pages.Tests.Pages;

/// <summary>
/// Finds the public types and members that pages name: "Adam.Beta1" and "Loss.Huber(1.5)" by type, "HiddenLayerSizes" as an option or a
/// setting, "ml.Regression.Trainers.Mlp" from the context on.
/// </summary>
internal static class NameTables
{
    private const BindingFlags Public = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.FlattenHierarchy;

    private static readonly Type[] Types =
        [.. ((Assembly[])[typeof(TrainingSettings).Assembly, typeof(MlpOptions).Assembly, typeof(ModelReport).Assembly])
            .SelectMany(assembly => assembly.GetExportedTypes())];

    private static readonly Type[] OwnersOfBareNames =
        [.. Types.Where(type => typeof(MlpOptions).IsAssignableFrom(type)), typeof(TrainingSettings), typeof(EnsembleSettings)];

    public static bool Exists(string text)
    {
        string name = text.StartsWith("new ", StringComparison.Ordinal) ? text[4..] : text;
        string[] parts = name.Split('(', '{', '=', ' ')[0].Split('.');
        if (parts[0] == "ml")
            return IsMemberOf([typeof(MLContext)], parts[1..]);
        Type[] named = [.. Types.Where(type => type.Name.Split('`')[0] == parts[0].Split('<')[0])];
        return named.Length > 0 ? IsMemberOf(named, parts[1..]) : IsMemberOf(OwnersOfBareNames, parts);
    }

    private static bool IsMemberOf(IEnumerable<Type> owners, string[] names)
    {
        if (names.Length == 0)
            return true;
        string name = names[0].Split('<')[0];
        MemberInfo[] members = [.. owners.SelectMany(owner => owner.GetMember(name, Public).Concat(ExtensionsOf(owner, name)))];
        return members.Length > 0 && (names.Length == 1 || IsMemberOf(members.SelectMany(TypesOf).Distinct(), names[1..]));
    }

    private static IEnumerable<MemberInfo> ExtensionsOf(Type owner, string name) => Types
        .Where(type => type is { IsAbstract: true, IsSealed: true }).SelectMany(type => type.GetMethods(Public))
        .Where(method => method.Name == name && method.GetParameters() is [{ } first, ..] && first.ParameterType.IsAssignableFrom(owner));

    private static IEnumerable<Type> TypesOf(MemberInfo member) => member switch
    {
        PropertyInfo property => [property.PropertyType],
        FieldInfo field => [field.FieldType],
        MethodInfo method => [method.ReturnType],
        Type type => [type],
        _ => [],
    };
}
