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

    private static Func<object[], object?>? FindLoader(LoadableClassAttribute attribute)
    {
        Type[] parameters = [typeof(IHostEnvironment), typeof(ModelLoadContext)];
        if (attribute.InstanceType.IsAssignableFrom(attribute.LoaderType)
            && attribute.LoaderType.GetConstructor(AnyAccess | BindingFlags.Instance, parameters) is ConstructorInfo constructor)
        {
            return constructor.Invoke;
        }

        MethodInfo? create = attribute.LoaderType.GetMethod("Create", AnyAccess | BindingFlags.Static, parameters);
        return create != null && attribute.InstanceType.IsAssignableFrom(create.ReturnType)
            ? arguments => create.Invoke(null, arguments)
            : null;
    }
}
