namespace Mlp.Onnx;

/// <summary>The values of an input or output.</summary>
/// <param name="Name">Its name in the graph.</param>
/// <param name="Width">Values per row.</param>
/// <param name="Values">Row-major, rows x width: an array of float, bool, long, uint or string.</param>
public sealed record OnnxValues(string Name, int Width, Array Values)
{
    /// <summary>What onnxruntime's programs call the type of the values.</summary>
    public string Type => Values switch
    {
        float[] => "float32",
        bool[] => "bool",
        uint[] => "uint32",
        long[] => "int64",
        _ => "string",
    };
}
