namespace Mlp;

/// <summary>A safetensors file that cannot be read: damaged, cut off, not such a file, or of other things than a network's
/// layers.</summary>
public sealed class SafeTensorsException : FormatException
{
    internal SafeTensorsException(string message, long position)
        : base(message) => Position = position;

    /// <summary>The byte, counted from the start of the file, at which the fault lies.</summary>
    public long Position { get; }
}
