namespace Microsoft.ML.Data;

/// <summary>The header of what this assembly's components write into model files.</summary>
internal static class ModelVersions
{
    private const uint Version = 0x00010001;

    public static VersionInfo Make<TComponent>(string modelSignature, string loaderSignature)
        => new(modelSignature, Version, Version, Version, typeof(TComponent).Assembly.FullName!, loaderSignature);
}
