using Microsoft.ML;

namespace Mlp.MLNet.Interop;

/// <summary>The version that entries of the model zip are written with.</summary>
internal static class ModelEntryVersion
{
    private const uint FormatVersion = 0x00010001;

    public static VersionInfo Of(string modelSignature, string loaderSignature) => new(
        modelSignature: modelSignature,
        verWrittenCur: FormatVersion,
        verReadableCur: FormatVersion,
        verWeCanReadBack: FormatVersion,
        loaderAssemblyName: typeof(ModelEntryVersion).Assembly.FullName!,
        loaderSignature: loaderSignature);
}
