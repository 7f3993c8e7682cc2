using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>The format of a saved component, its versions, and who loads it.</summary>
internal readonly struct VersionInfo
{
    public readonly ulong ModelSignature;
    public readonly uint VerWrittenCur;
    public readonly uint VerReadableCur;
    public readonly uint VerWeCanReadBack;
    public readonly string LoaderAssemblyName;
    public readonly string? LoaderSignature;

    public VersionInfo(
        string modelSignature,
        uint verWrittenCur,
        uint verReadableCur,
        uint verWeCanReadBack,
        string? loaderAssemblyName,
        string? loaderSignature = null,
        string? loaderSignatureAlt = null)
    {
        // No component of this runtime was ever renamed.
        _ = loaderSignatureAlt;
        Contracts.Check(modelSignature.Length == 8, "Model signature must be eight characters");
        for (int i = 0; i < modelSignature.Length; i++)
        {
            Contracts.Check(modelSignature[i] <= 0xFF);
            if (modelSignature[i] != ' ')
                ModelSignature |= (ulong)modelSignature[i] << (8 * i);
        }

        VerWrittenCur = verWrittenCur;
        VerReadableCur = verReadableCur;
        VerWeCanReadBack = verWeCanReadBack;
        LoaderAssemblyName = loaderAssemblyName ?? "";
        LoaderSignature = loaderSignature;
    }

    /// <summary>As a file states it: no loader and nothing that could be read back.</summary>
    public VersionInfo(ulong modelSignature, uint verWritten, uint verReadable)
    {
        ModelSignature = modelSignature;
        VerWrittenCur = verWritten;
        VerReadableCur = verReadable;
        LoaderAssemblyName = "";
    }

    /// <summary>Throws unless a component that has this version can read what <paramref name="file"/> describes.</summary>
    public void CheckReads(VersionInfo file)
    {
        Contracts.CheckDecode(file.ModelSignature == ModelSignature, "Unknown file type");
        Contracts.CheckDecode(file.VerReadableCur <= file.VerWrittenCur, "Corrupt file header");
        Contracts.CheckDecode(file.VerReadableCur <= VerWrittenCur, Unreadable("new", VerWrittenCur, file.VerReadableCur));
        Contracts.CheckDecode(file.VerWrittenCur >= VerWeCanReadBack, Unreadable("old", VerWeCanReadBack, file.VerWrittenCur));
    }

    private string Unreadable(string age, uint expected, uint found)
        => $"Cannot read component '{LoaderSignature}' of the model, because the model is too {age}: expected version {expected}, got {found}.";
}
