namespace Mlp.MLNet.Onnx;

/// <summary>What a tensor holds. The numbers are those of the ONNX format.</summary>
internal enum OnnxElement
{
    Single = 1,
    Int64 = 7,
    Text = 8,
    Boolean = 9,
    UInt32 = 12,
}
