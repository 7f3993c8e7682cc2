namespace Mlp;

/// <summary>A model file that cannot be read: damaged, cut off, from a newer version, or not a model file.</summary>
public sealed class ModelFileException : FormatException
{
    internal ModelFileException(string message, long position, Exception? innerException = null)
        : base(message, innerException) => Position = position;

    /// <summary>The byte, counted from the start of the model file, at which reading ended.</summary>
    public long Position { get; }
}
