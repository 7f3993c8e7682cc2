namespace Mlp.MLNet.Onnx;

/// <summary>A setting of an operator: a whole number, several of them, or a number.</summary>
/// <param name="Name">As the operator's description has it.</param>
/// <param name="Integer">The value; null when it is something else.</param>
/// <param name="Integers">The values; null when it is something else.</param>
/// <param name="Number">The value; null when it is something else.</param>
internal sealed record OnnxAttribute(string Name, long? Integer = null, long[]? Integers = null, float? Number = null)
{
    /// <summary>Which axis an operator works along; 1 goes along a row.</summary>
    public static OnnxAttribute Axis(long axis) => new("axis", axis);
}
