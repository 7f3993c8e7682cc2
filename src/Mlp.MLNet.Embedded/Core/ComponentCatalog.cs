using System.Reflection;

namespace Microsoft.ML.Runtime;

/// <summary>The loadable classes of the assemblies registered so far.</summary>
public sealed class ComponentCatalog
{
    private const BindingFlags AnyAccess = BindingFlags.Public | BindingFlags.NonPublic;

    private readonly Lock _lock = new();
    private readonly HashSet<Assembly> _assemblies = [];
    private readonly Dictionary<(string Name, Type Signature), Func<object[], object?>> _loaders = [];

    internal ComponentCatalog()
    {
    }

    public void RegisterAssembly(Assembly assembly, bool throwOnError = true)
    {
        lock (_lock)
        {
            if (!_assemblies.Add(assembly))
                return;
            foreach (LoadableClassAttribute attribute in assembly.GetCustomAttributes<LoadableClassAttribute>())
            {
                Func<object[], object?>? loader = FindLoader(attribute);
                if (loader == null && throwOnError)
                {
                    throw Contracts.Except(
                        $"Can't instantiate loadable class '{attribute.InstanceType.Name}' with name '{attribute.LoadNames[0]}'");
                }

                foreach (string name in loader == null ? [] : attribute.LoadNames)
                    _loaders[(Normalized(name), attribute.SignatureType)] = loader!;
            }
        }
    }

    /// <summary>The loader of that name and kind, which takes the environment and the load context, or null.</summary>
    internal Func<object[], object?>? FindLoader(string name, Type signature)
    {
        lock (_lock)
            return _loaders.GetValueOrDefault((Normalized(name), signature));
    }

    private static string Normalized(string name) => name.Trim().ToLowerInvariant();

    /// <summary>A constructor, or a static method Create that returns exactly the instance type; of both, the more visible one.</summary>
    private static Func<object[], object?>? FindLoader(LoadableClassAttribute attribute)
    {
        Type[] parameters = [typeof(IHostEnvironment), typeof(ModelLoadContext)];
        ConstructorInfo? constructor = attribute.InstanceType.IsAssignableFrom(attribute.LoaderType)
            ? attribute.LoaderType.GetConstructor(AnyAccess | BindingFlags.Instance, parameters)
            : null;
        MethodInfo? create = attribute.LoaderType.GetMethod("Create", AnyAccess | BindingFlags.Static, parameters);
        if (create?.ReturnType != attribute.InstanceType)
            create = null;
        if (constructor != null && create != null && VisibilityOf(constructor) == VisibilityOf(create))
        {
            throw Contracts.Except($"Can't load type {attribute.InstanceType}, because it has both create and constructor methods with the " +
                "same visibility. Please indicate which one should be used by changing either the signature or the visibility of one of them.");
        }

        if (constructor != null && (create == null || VisibilityOf(constructor) > VisibilityOf(create)))
            return constructor.Invoke;
        return create != null ? arguments => create.Invoke(null, arguments) : null;
    }

    private static int VisibilityOf(MethodBase method)
        => method.IsPublic ? 4 : method.IsFamilyOrAssembly ? 3 : method.IsAssembly ? 2 : method.IsFamily ? 1 : 0;
}
