namespace Mlp.Models;

/// <summary>What the header of a safetensors file says of one tensor.</summary>
/// <param name="Name">Of the tensor.</param>
/// <param name="Type">Of its elements: "F32", ...</param>
/// <param name="Shape">Its sizes.</param>
/// <param name="Begin">First byte, counted from the end of the header.</param>
/// <param name="End">The byte after the last one.</param>
/// <param name="Position">Of the entry in the file.</param>
internal sealed record SafeTensorsEntry(string Name, string Type, long[] Shape, long Begin, long End, long Position)
{
    private const int LongestText = 60;

    /// <summary>For messages: "'0.weight' (64 x 10 of 'F32')". Name and type come from the file, which may have put anything
    /// there.</summary>
    public string Description => $"{Quote(Name)} ({(Shape.Length == 0 ? "one" : Shorten(string.Join(" x ", Shape)))} of {Quote(Type)})";

    /// <summary>Bytes of an element; 0 for a type that no layer has.</summary>
    public int ElementSize => Type switch
    {
        "F64" => 8,
        "F32" => 4,
        "F16" or "BF16" => 2,
        _ => 0,
    };

    /// <summary>Text of the file, for messages.</summary>
    public static string Quote(string text) => $"'{Shorten(text)}'";

    private static string Shorten(string text) => text.Length <= LongestText ? text : text[..LongestText] + "…";
}
