namespace Microsoft.ML;

/// <summary>Says that an assembly has a class that loads what a model file names by one of the load names.</summary>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
internal sealed class LoadableClassAttribute : Attribute
{
    public LoadableClassAttribute(Type instType, Type? argType, Type sigType, string userName, params string[] loadNames)
        : this(instType, instType, argType, sigType, userName, loadNames)
    {
    }

    public LoadableClassAttribute(
        Type instType, Type loaderType, Type? argType, Type sigType, string userName, params string[] loadNames)
    {
        InstanceType = instType;
        LoaderType = loaderType;
        ArgType = argType;
        SignatureType = sigType;
        LoadNames = loadNames.Length > 0 ? loadNames : [userName];
    }

    /// <summary>What is loaded.</summary>
    public Type InstanceType { get; }

    /// <summary>The class with the constructor or the static method Create that loads it.</summary>
    public Type LoaderType { get; }

    /// <summary>The options class of components made from a command line; null for what is loaded from files.</summary>
    public Type? ArgType { get; }

    /// <summary>A delegate type that stands for the kind of component: <see cref="SignatureLoadModel"/>.</summary>
    public Type SignatureType { get; }

    public string[] LoadNames { get; }
}
