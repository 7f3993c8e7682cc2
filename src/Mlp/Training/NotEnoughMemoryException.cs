namespace Mlp;

/// <summary>A training would need more memory than the process can use; the message gives the numbers and says what to change.</summary>
/// <param name="message">What is needed, and for what.</param>
public sealed class NotEnoughMemoryException(string message) : InvalidOperationException(message);
