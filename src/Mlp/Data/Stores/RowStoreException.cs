namespace Mlp;

/// <summary>The rows of a training could not be written to disk or read back; the message names the file, the block or byte, and what to
/// do.</summary>
/// <param name="message">What happened.</param>
/// <param name="innerException">Of the file system; null for none.</param>
public sealed class RowStoreException(string message, Exception? innerException = null) : IOException(message, innerException);
